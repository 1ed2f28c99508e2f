import { CommandError } from '../../protocol/command-error';
import { readFloat, toInteger } from '../../protocol/numbers';
import type { Scored, SortedSet } from '../../store/sorted-set';
import { bounds } from './lists';

/** Places in a sorted set's order: from start up to, not including, end. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** By place, the last one included, negative ones from the end. @throws CommandError */
export function spanByRank(zset: SortedSet, first: string, last: string): Span {
  const [start, end] = bounds(toInteger(first), toInteger(last), zset.size);
  return { start, end: Math.min(end, zset.size) };
}

/** By score: `5`, `(5` without the 5 itself, `-inf`. @throws CommandError */
export function spanByScore(zset: SortedSet, first: string, last: string): Span {
  const [min, max] = [scoreBound(first), scoreBound(last)];
  const start = zset.firstNot(({ score }) => (min.open ? score <= min.score : score < min.score));
  const end = zset.firstNot(({ score }) => (max.open ? score < max.score : score <= max.score));
  return { start, end: Math.max(start, end) };
}

/** By bytes, among members of one score: `[a`, `(a`, `-`, `+`. @throws CommandError */
export function spanByLex(zset: SortedSet, first: string, last: string): Span {
  const [min, max] = [lexBound(first), lexBound(last)];
  const start = zset.firstNot(({ member }) => !min.above(member));
  const end = zset.firstNot(({ member }) => max.below(member));
  return { start, end: Math.max(start, end) };
}

/** Both bounds are looked at before the key is, as in Redis. @throws CommandError */
export function checkBounds(by: 'rank' | 'score' | 'lex', first: string, last: string): void {
  if (by === 'rank') {
    toInteger(first);
    toInteger(last);
  } else if (by === 'score') {
    scoreBound(first);
    scoreBound(last);
  } else {
    lexBound(first);
    lexBound(last);
  }
}

/** The entries of a span, backwards if asked, without the first `offset`, at most `count`. */
export function take(zset: SortedSet, span: Span, backwards: boolean, offset = 0, count = -1) {
  if (offset < 0) return [];
  const size = span.end - span.start - offset;
  const wanted = count < 0 ? size : Math.min(count, size);
  if (wanted <= 0) return [];
  if (!backwards) return zset.slice(span.start + offset, span.start + offset + wanted);
  return zset.slice(span.end - offset - wanted, span.end - offset).reverse() satisfies Scored[];
}

function scoreBound(text: string): { score: number; open: boolean } {
  const open = text.startsWith('(');
  // Less strict than a score is: white space may come first, and nothing at all is 0.
  const number = (open ? text.slice(1) : text).replace(/^[ \t\n\v\f\r]+/, '');
  const score = number === '' && !/\s$/.test(text) ? 0 : readFloat(number);
  if (score === undefined) throw new CommandError('ERR min or max is not a float');
  return { score, open };
}

interface LexBound {
  /** Whether a member is at or above it, as a lower bound. */
  above(member: string): boolean;
  /** Whether a member is at or below it, as an upper bound. */
  below(member: string): boolean;
}

function lexBound(text: string): LexBound {
  const value = text.slice(1);
  if (text === '-') return { above: () => true, below: () => false };
  if (text === '+') return { above: () => false, below: () => true };
  if (text.startsWith('[')) {
    return { above: (member) => member >= value, below: (member) => member <= value };
  }
  if (text.startsWith('(')) {
    return { above: (member) => member > value, below: (member) => member < value };
  }
  throw new CommandError('ERR min or max not valid string range item');
}
