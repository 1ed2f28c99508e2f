import { commandText } from '../../redis/protocol/command-text';
import { RedisReplyError } from '../../redis/protocol/resp';
import type { Journal, WireCommand } from '../../sandbox/tap/journal';
import { type PlacedFinding, quote } from '../finding';

/**
 * The first command of a program that Redis has refused, as a finding.
 * @returns nothing where it refused none
 */
export function refusal(journal: Journal, program: string): PlacedFinding | undefined {
  for (const command of journal.commands(program)) {
    // What a client asks by itself is no concern of the file's.
    if (command.reply instanceof RedisReplyError && command.words[0] !== 'INFO') {
      return explain(command, command.reply.message);
    }
  }
  return undefined;
}

/**
 * The command of a program whose refusal a line shows, as a finding.
 * @returns nothing if it shows none
 */
export function printedRefusal(
  journal: Journal,
  program: string,
  line: string,
): PlacedFinding | undefined {
  for (const command of journal.commands(program)) {
    const { reply } = command;
    if (reply instanceof RedisReplyError && line.includes(reply.message)) {
      return explain(command, reply.message);
    }
  }
  return undefined;
}

function explain({ words }: WireCommand, error: string): PlacedFinding {
  const shown = words.map((word) => (isFunction(word) ? '(function)' : word));
  return {
    class: 'wrong-command',
    message: `Redis refused ${quote(commandText(shown))}: ${quote(error)}.`,
    next: words.some(isFunction) ? oneCallback : nextFor(error),
    at: { sends: shown },
  };
}

const oneCallback =
  'Take the function out of the arguments: a command takes one callback, in the last place, and what promisify makes adds that by itself.';

function nextFor(error: string): string {
  return (
    nexts.find(({ says }) => says.test(error))?.next ??
    'Compare the call with the command’s page on redis.io: its arguments, and their order.'
  );
}

const nexts: { says: RegExp; next: string }[] = [
  {
    says: /SUBSCRIBE/,
    next: 'A client that has subscribed can send nothing else: subscribe with another client, or not at all.',
  },
  {
    says: /WRONGTYPE/,
    next: 'Use a name for the key that nothing else uses, and the commands of one type on it.',
  },
  {
    says: /wrong number of arguments/,
    next: 'Hand each word over as an argument of its own; an undefined one counts too.',
  },
];

/** Whether a word is the text of a function, which redis 3 makes of one among the arguments. */
function isFunction(word: string): boolean {
  return /^(?:async\s*)?(?:function\b|\w+\s*=>|\([^()]*\)\s*=>)/.test(word);
}
