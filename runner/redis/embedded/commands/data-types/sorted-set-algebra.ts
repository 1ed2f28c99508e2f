import { CommandError, syntaxError, wrongType } from '../../protocol/command-error';
import { toFloat, toInteger } from '../../protocol/numbers';
import { integer } from '../../protocol/reply';
import type { Keyspace } from '../../store/keyspace';
import { compareScored, type Scored, SortedSet } from '../../store/sorted-set';
import { type Command, command } from '../command';
import { readLimit } from './set-algebra';
import { scoredReply } from './sorted-sets';

type Operation = 'union' | 'inter' | 'diff';
type Storing = 'zunionstore' | 'zinterstore' | 'zdiffstore';
type Scores = Map<string, number>;

/** Union, intersection and difference of sorted sets; plain sets count with score 1. */
export const sortedSetAlgebra: Command[] = [
  ...trio('zunion', 'zunionstore', 'union'),
  ...trio('zinter', 'zinterstore', 'inter'),
  ...trio('zdiff', 'zdiffstore', 'diff'),
  command('zintercard', -3, 'readonly', ({ db }, words: string[]) => {
    const { inputs, rest } = inputsOf(db, words, 'zintercard');
    const most = readLimit(rest);
    const { size } = run(inputs, 'inter', parse([], inputs.length, false, false));
    return integer(most === 0 ? size : Math.min(size, most));
  }),
];

function trio(name: string, storing: Storing, operation: Operation): Command[] {
  return [
    command(name, -3, 'readonly', ({ db, resp }, words: string[]) => {
      const { scores, withScores } = combine(db, words, operation, name, true);
      return scoredReply(resp, scored(scores).sort(compareScored), withScores);
    }),
    command(storing, -4, 'write', ({ db }, [target = '', ...words]: string[]) => {
      const { scores } = combine(db, words, operation, storing, false);
      if (scores.size === 0) db.remove(target);
      else db.replace(target, { type: 'zset', sorted: new SortedSet(scored(scores)) }, storing);
      return integer(scores.size);
    }),
  ];
}

function scored(scores: Scores): Scored[] {
  return Array.from(scores, ([member, score]) => ({ member, score }));
}

function combine(
  db: Keyspace,
  words: readonly string[],
  operation: Operation,
  name: string,
  reading: boolean,
): { scores: Scores; withScores: boolean } {
  const { inputs, rest } = inputsOf(db, words, name);
  const options = parse(rest, inputs.length, operation !== 'diff', reading);
  return { scores: run(inputs, operation, options), withScores: options.withScores };
}

/** The keys, which a number counts that stands before them, and the words behind them. */
function inputsOf(db: Keyspace, words: readonly string[], name: string) {
  const number = toInteger(words[0] ?? '');
  if (number < 1) {
    throw new CommandError(`ERR at least 1 input key is needed for '${name}' command`);
  }
  if (number > words.length - 1) throw syntaxError();
  const inputs = words.slice(1, 1 + number).map((key) => scoresOf(db, key));
  return { inputs, rest: words.slice(1 + number) };
}

interface Options {
  weights: number[];
  aggregate: 'sum' | 'min' | 'max';
  withScores: boolean;
}

function parse(words: readonly string[], number: number, weighed: boolean, reading: boolean) {
  const weights = new Array<number>(number).fill(1);
  const options: Options = { weights, aggregate: 'sum', withScores: false };
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const next = (words[at + 1] ?? '').toLowerCase();
    if (weighed && word === 'weights' && at + number < words.length) {
      const unfit = () => new CommandError('ERR weight value is not a float');
      options.weights = words.slice(at + 1, at + 1 + number).map((text) => toFloat(text, unfit));
      at += number;
    } else if (
      weighed &&
      word === 'aggregate' &&
      (next === 'sum' || next === 'min' || next === 'max')
    ) {
      options.aggregate = next;
      at += 1;
    } else if (reading && word === 'withscores') options.withScores = true;
    else throw syntaxError();
  }
  return options;
}

function run(inputs: readonly Scores[], operation: Operation, options: Options): Scores {
  const [first = new Map<string, number>(), ...others] = inputs;
  if (operation === 'diff') {
    return new Map([...first].filter(([member]) => !others.some((other) => other.has(member))));
  }
  // The smallest first, as Redis does: sums of floats depend on the order.
  const weighed = inputs
    .map((scores, at) => ({ scores, weight: options.weights[at] ?? 1 }))
    .sort((one, other) => one.scores.size - other.scores.size);
  const result: Scores = new Map();
  for (const { scores, weight } of weighed) {
    for (const [member, score] of scores) {
      if (operation === 'inter' && !inputs.every((other) => other.has(member))) continue;
      const value = score * weight;
      const before = result.get(member);
      // In an intersection, only the first of the values is looked at by itself.
      if (before === undefined) result.set(member, orZero(value));
      else {
        const next = operation === 'union' ? orZero(value) : value;
        result.set(member, aggregate(before, next, options.aggregate));
      }
    }
  }
  return result;
}

function aggregate(left: number, right: number, how: Options['aggregate']): number {
  if (how === 'min') return right < left ? right : left;
  if (how === 'max') return right > left ? right : left;
  return orZero(left + right);
}

/** Infinity times zero, and infinities that cancel each other, count as zero. */
function orZero(score: number): number {
  return Number.isNaN(score) ? 0 : score;
}

function scoresOf(db: Keyspace, key: string): Scores {
  const value = db.get(key);
  if (value === undefined) return new Map();
  if (typeof value !== 'string' && value.type === 'zset') {
    return new Map(Array.from(value.sorted, ({ member, score }) => [member, score]));
  }
  if (typeof value !== 'string' && value.type === 'set') {
    return new Map(Array.from(value.members, (member) => [member, 1]));
  }
  throw wrongType();
}
