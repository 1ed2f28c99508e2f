import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { array, bulk, integer, type Reply } from '../../protocol/reply';
import { MAX_BULK } from '../../protocol/request';
import { command } from '../command';

/** LCS: the longest text that two strings have in common, its characters in order but with gaps. */
export const lcs = command('lcs', -3, 'readonly', run);

interface Options {
  length: boolean;
  places: boolean;
  withLengths: boolean;
  least: number;
}

/** A stretch of characters that follow each other in both strings. */
interface Match {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

function run(session: Session, [one, other, ...words]: [string, string, ...string[]]): Reply {
  const { db, resp } = session;
  const values = [db.get(one), db.get(other)].map((value) => value ?? '');
  const [left, right] = values;
  if (typeof left !== 'string' || typeof right !== 'string') {
    throw new CommandError('ERR The specified keys must contain string values');
  }
  const options = parse(words);
  const matches = findMatches(left, right);
  const length = matches.reduce((sum, { count }) => sum + count, 0);
  if (options.length) return integer(length);
  if (options.places) {
    const shown = matches.filter(({ count }) => count >= options.least);
    return resp.map([
      [bulk('matches'), array(shown.map((match) => show(match, options.withLengths)))],
      [bulk('len'), integer(length)],
    ]);
  }
  const texts = matches.map((match) => left.slice(match.left, match.left + match.count));
  return bulk(texts.reverse().join(''));
}

function parse(words: readonly string[]): Options {
  const options: Options = { length: false, places: false, withLengths: false, least: 0 };
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    if (word === 'idx') options.places = true;
    else if (word === 'len') options.length = true;
    else if (word === 'withmatchlen') options.withLengths = true;
    else if (word === 'minmatchlen' && at + 1 < words.length) {
      options.least = toInteger(words[++at] ?? '');
    } else throw syntaxError();
  }
  if (options.places && options.length) {
    throw new CommandError('ERR If you want both the length and indexes, please just use IDX.');
  }
  return options;
}

function show({ left, right, count }: Match, withLengths: boolean): Reply {
  const range = (start: number) => array([integer(start), integer(start + count - 1)]);
  return array([range(left), range(right), ...(withLengths ? [integer(count)] : [])]);
}

/** The stretches, the last one first: where several texts are the longest, those of Redis. */
function findMatches(left: string, right: string): Match[] {
  const width = right.length + 1;
  const lengths = lengthsOf(left, right);
  const matches: Match[] = [];
  let count = 0;
  let [row, column] = [left.length, right.length];
  const end = () => {
    if (count > 0) matches.push({ left: row, right: column, count });
    count = 0;
  };
  while (row > 0 && column > 0) {
    if (left[row - 1] === right[column - 1]) {
      count += 1;
      row -= 1;
      column -= 1;
      continue;
    }
    end();
    const [above, before] = [(row - 1) * width + column, row * width + column - 1];
    if ((lengths[above] ?? 0) > (lengths[before] ?? 0)) row -= 1;
    else column -= 1;
  }
  end();
  return matches;
}

/** The length of the text that each two beginnings have in common, row by row. */
function lengthsOf(left: string, right: string): Uint32Array {
  const width = right.length + 1;
  const cells = (left.length + 1) * width;
  if (cells * 4 > MAX_BULK) {
    throw new CommandError(
      'ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len',
    );
  }
  const lengths = new Uint32Array(cells);
  for (let row = 1; row <= left.length; row += 1) {
    const character = left.charCodeAt(row - 1);
    for (let column = 1; column <= right.length; column += 1) {
      const at = row * width + column;
      lengths[at] =
        character === right.charCodeAt(column - 1)
          ? (lengths[at - width - 1] ?? 0) + 1
          : Math.max(lengths[at - width] ?? 0, lengths[at - 1] ?? 0);
    }
  }
  return lengths;
}
