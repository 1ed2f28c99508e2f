import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import type { Trim } from '../../store/stream/stream';
import { toId } from './ids';

/** Entries that one `~` removes where no LIMIT is given. */
const DEFAULT_LIMIT = 10_000;

/** The words before the id of XADD, or all of XTRIM's, as far as they were read. */
export interface TrimOptions {
  readonly trim: Trim | undefined;
  /** NOMKSTREAM was among them. */
  readonly onlyExisting: boolean;
  /** How many words they are. */
  readonly words: number;
}

/**
 * Reads `MAXLEN ~ 1000 LIMIT 100` and its like.
 * @param adds the words are XADD's: NOMKSTREAM is one, and the first of no option ends them
 * @throws CommandError
 */
export function trimOptions(words: readonly string[], adds: boolean): TrimOptions {
  let by: 'length' | 'id' | undefined;
  let value = '';
  let length = 0;
  let approximate = false;
  let limit: number | undefined;
  let onlyExisting = false;
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const more = words.length - 1 - at;
    if (adds && word === '*') break;
    if ((word === 'maxlen' || word === 'minid') && more > 0) {
      if (by !== undefined) throw bothStrategies();
      by = word === 'maxlen' ? 'length' : 'id';
      approximate = false;
      const sign = words[at + 1];
      if (more > 1 && (sign === '~' || sign === '=')) {
        approximate = sign === '~';
        at += 1;
      }
      value = words[++at] ?? '';
      if (by === 'length') length = toNatural(value, 'MAXLEN');
      else toId(value);
    } else if (word === 'limit' && more > 0) {
      limit = toNatural(words[++at] ?? '', 'LIMIT');
    } else if (adds && word === 'nomkstream') onlyExisting = true;
    else if (adds) break;
    else throw syntaxError();
  }
  if (limit && by === undefined) {
    throw syntax('LIMIT cannot be used without specifying a trimming strategy');
  }
  if (!adds && by === undefined) {
    throw syntax('XTRIM must be called with a trimming strategy');
  }
  if (limit !== undefined && !approximate) {
    throw syntax('LIMIT cannot be used without the special ~ option');
  }
  const rest = { approximate, limit: limit ?? (approximate ? DEFAULT_LIMIT : 0) };
  const trim: Trim | undefined =
    by === undefined
      ? undefined
      : by === 'length'
        ? { by, length, ...rest }
        : { by, id: toId(value), ...rest };
  return { trim, onlyExisting, words: at };
}

function toNatural(text: string, name: string): number {
  const value = toInteger(text);
  if (value < 0) throw new CommandError(`ERR The ${name} argument must be >= 0.`);
  return value;
}

function bothStrategies(): CommandError {
  return syntax('MAXLEN and MINID options at the same time are not compatible');
}

function syntax(what: string): CommandError {
  return new CommandError(`ERR syntax error, ${what}`);
}
