import { commandText } from '../../redis/protocol/command-text';
import { RedisReplyError } from '../../redis/protocol/resp';
import type { Journal, WireCommand } from '../../sandbox/tap/journal';
import { type PlacedFinding, quote } from '../finding';
import { isGreeting } from '../program/greetings';

/**
 * The first command of a program that Redis has refused, as a finding.
 * @returns nothing where it refused none
 */
export function refusal(journal: Journal, program: string): PlacedFinding | undefined {
  for (const command of journal.commands(program)) {
    if (command.reply instanceof RedisReplyError && !isGreeting(command.words)) {
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
  const shown = words.map((word, at) =>
    isFunction(word) ? '(function)' : at === 1 && words[0] === 'EVAL' ? '(script)' : word,
  );
  return {
    class: 'wrong-command',
    message: `Redis refused ${quote(commandText(shown))}: ${quote(error)}.`,
    next: words.some(isFunction) ? oneCallback : nextFor(words, error),
    at: { sends: shown },
  };
}

const oneCallback =
  'Take the function out of the arguments: a command takes one callback, in the last place, and what promisify makes adds that by itself.';

function nextFor([name = '']: readonly string[], error: string): string {
  const usage = /wrong number of arguments/.test(error) ? usages[name] : undefined;
  return (
    usage ??
    nexts.find(({ says }) => says.test(error))?.next ??
    'Compare the call with the command’s page on redis.io: its arguments, and their order.'
  );
}

/** What the usual commands take, and which other one is often meant. */
const usages: Readonly<Record<string, string>> = {
  GET: 'GET takes a key and nothing else; a field of a hash is read with HGET.',
  SET: 'SET takes a key and a value; a key is read with GET.',
  HGET: 'HGET takes a key and a field; a whole hash is read with HGETALL, and a key that SET stored with GET.',
  HSET: 'HSET takes a key, a field and a value; a value alone is stored under a key with SET.',
  HGETALL: 'HGETALL takes a key and nothing else.',
  DEL: 'DEL takes a key.',
  INCR: 'INCR takes a key and nothing else.',
  DECR: 'DECR takes a key and nothing else; by another number than one DECRBY counts down.',
  PUBLISH: 'PUBLISH takes a channel and a message.',
  SUBSCRIBE: 'SUBSCRIBE takes a channel.',
};

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
    next: 'Look at what the call hands over: what is undefined is left out, and each word is an argument of its own.',
  },
];

/** Whether a word is the text of a function, which redis 3 makes of one among the arguments. */
function isFunction(word: string): boolean {
  return /^(?:async\s*)?(?:function\b|\w+\s*=>|\([^()]*\)\s*=>)/.test(word);
}
