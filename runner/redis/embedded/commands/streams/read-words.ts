import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';

/** What the words of XREAD and XREADGROUP ask for. */
export interface ReadWords {
  /** Entries of each stream at most; -1: all. */
  readonly count: number;
  /** ms to wait where there is nothing, 0 without end; undefined: not at all. */
  readonly block: number | undefined;
  /** Entries count as acknowledged at once. */
  readonly noAck: boolean;
  readonly group: readonly [group: string, consumer: string] | undefined;
  readonly streams: readonly (readonly [key: string, id: string])[];
}

/**
 * @param inScript the command's name as a script has typed it, which cannot wait; else undefined
 * @throws CommandError
 */
export function readWords(
  name: 'xread' | 'xreadgroup',
  words: readonly string[],
  inScript: string | undefined,
): ReadWords {
  const grouped = name === 'xreadgroup';
  let count = -1;
  let block: number | undefined;
  let noAck = false;
  let group: ReadWords['group'];
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const [value, second] = [words[at + 1], words[at + 2]];
    if (word === 'block' && value !== undefined) {
      if (inScript !== undefined) throw notFromScripts(inScript);
      block = toMilliseconds(value);
      at += 1;
    } else if (word === 'count' && value !== undefined) {
      count = toInteger(value);
      if (count <= 0) count = -1;
      at += 1;
    } else if (word === 'streams' && value !== undefined) {
      const streams = toStreams(words.slice(at + 1));
      if (grouped && !group) throw new CommandError('ERR Missing GROUP option for XREADGROUP');
      return { count, block, noAck, group, streams };
    } else if (word === 'group' && value !== undefined && second !== undefined) {
      if (!grouped) throw onlyForXreadgroup('GROUP');
      group = [value, second];
      at += 2;
    } else if (word === 'noack') {
      if (!grouped) throw onlyForXreadgroup('NOACK');
      noAck = true;
    } else throw syntaxError();
  }
  throw syntaxError();
}

export function onlyForGroups(): CommandError {
  return new CommandError(
    'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.',
  );
}

function toStreams(words: readonly string[]): (readonly [string, string])[] {
  const half = words.length / 2;
  if (!Number.isInteger(half)) {
    throw new CommandError(
      "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.",
    );
  }
  return words.slice(0, half).map((key, at) => [key, words[half + at] ?? '']);
}

function toMilliseconds(text: string): number {
  const ms = toInteger(
    text,
    () => new CommandError('ERR timeout is not an integer or out of range'),
  );
  if (ms < 0) throw new CommandError('ERR timeout is negative');
  return ms;
}

function notFromScripts(name: string): CommandError {
  return new CommandError(`ERR ${name} command is not allowed with BLOCK option from scripts`);
}

function onlyForXreadgroup(option: string): CommandError {
  return new CommandError(
    `ERR The ${option} option is only supported by XREADGROUP. You called XREAD instead.`,
  );
}
