import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { bulks, integer, type Reply } from '../../protocol/reply';
import type { Keyspace } from '../../store/keyspace';
import { SetValue } from '../../store/set-value';
import { command } from '../command';

type Storing = 'sinterstore' | 'sunionstore' | 'sdiffstore';
type Combine = (sets: readonly (SetValue | undefined)[]) => SetValue;

/** Intersection, union and difference of sets. */
export const setAlgebra = [
  ...pair('sinter', 'sinterstore', intersection),
  ...pair('sunion', 'sunionstore', union),
  ...pair('sdiff', 'sdiffstore', difference),
  command('sintercard', -3, 'readonly', cardinality),
];

function pair(name: string, storing: Storing, combine: Combine) {
  return [
    command(name, -2, 'readonly', ({ db, resp }, keys: string[]) =>
      resp.set(bulks(combine(setsOf(db, keys)))),
    ),
    command(storing, -3, 'write', (session, args: [string, ...string[]]) =>
      store(session, args, storing, combine),
    ),
  ];
}

function store(
  { db }: Session,
  [target, ...keys]: [string, ...string[]],
  event: Storing,
  combine: Combine,
): Reply {
  const members = combine(setsOf(db, keys));
  if (members.size === 0) db.remove(target);
  else db.replace(target, { type: 'set', members }, event);
  return integer(members.size);
}

function setsOf(db: Keyspace, keys: readonly string[]): (SetValue | undefined)[] {
  return keys.map((key) => db.set(key));
}

/** Looks at the members of the smallest alone. @param most how many are enough */
function intersection(sets: readonly (SetValue | undefined)[], most = Infinity): SetValue {
  const [smallest, ...others] = [...sets].sort((a, b) => (a?.size ?? 0) - (b?.size ?? 0));
  const result = new SetValue();
  for (const member of smallest ?? []) {
    if (others.every((other) => other?.has(member))) result.add(member);
    if (result.size >= most) break;
  }
  return result;
}

function union(sets: readonly (SetValue | undefined)[]): SetValue {
  const result = new SetValue();
  for (const set of sets) for (const member of set ?? []) result.add(member);
  return result;
}

function difference(sets: readonly (SetValue | undefined)[]): SetValue {
  const [first, ...others] = sets;
  const result = new SetValue();
  for (const member of first ?? []) {
    if (!others.some((other) => other?.has(member))) result.add(member);
  }
  return result;
}

function cardinality({ db }: Session, [numkeys, ...words]: [string, ...string[]]): Reply {
  const unfit = () => new CommandError('ERR numkeys should be greater than 0');
  const number = toInteger(numkeys, unfit);
  if (number < 1) throw unfit();
  if (number > words.length) {
    throw new CommandError("ERR Number of keys can't be greater than number of args");
  }
  const most = readLimit(words.slice(number));
  const { size } = intersection(setsOf(db, words.slice(0, number)), most === 0 ? Infinity : most);
  return integer(size);
}

/** LIMIT's number, 0 for none; the last one counts. @throws CommandError */
export function readLimit(words: readonly string[]): number {
  const negative = () => new CommandError("ERR LIMIT can't be negative");
  let most = 0;
  for (let at = 0; at < words.length; at += 2) {
    const limit = words[at + 1];
    if (words[at]?.toLowerCase() !== 'limit' || limit === undefined) throw syntaxError();
    most = toInteger(limit, negative);
    if (most < 0) throw negative();
  }
  return most;
}
