import type { Session } from '../../engine/session';
import { CommandError, notFloat, syntaxError } from '../../protocol/command-error';
import { formatScore, toFloat } from '../../protocol/numbers';
import { array, bulk, bulks, EMPTY_ARRAY, integer, type Reply } from '../../protocol/reply';
import type { Resp } from '../../protocol/resp';
import { pick, pickOne } from '../../store/random';
import type { Scored, SortedSet } from '../../store/sorted-set';
import { command } from '../command';
import { refuseTwice, toPickCount } from '../pick-count';
import { scanReply } from '../scan';

type Key = [key: string];
type Member = [key: string, member: string];
type Words = [key: string, ...words: string[]];

/** Commands on one sorted set; ranges are in zranges.ts, combinations in zalgebra.ts. */
export const sortedSets = [
  command('zadd', -4, 'write fast', add),
  command('zincrby', 4, 'write fast', ({ db, resp }, args: [string, string, string]) => {
    const [key, by, member] = args;
    const amount = toFloat(by);
    const before = db.zset(key)?.score(member);
    const sum = before === undefined ? amount : before + amount;
    if (Number.isNaN(sum)) throw notANumber();
    const zset = db.zsetToFill(key);
    zset.set(member, sum);
    if (sum !== before) db.changed(key, zset.size, 'zincr');
    return resp.double(sum);
  }),
  command('zrem', -3, 'write fast', ({ db }, [key, ...members]: Words) => {
    const zset = db.zset(key);
    const gone = members.filter((member) => zset?.delete(member)).length;
    if (zset && gone > 0) db.changed(key, zset.size, 'zrem');
    return integer(gone);
  }),
  command('zcard', 2, 'readonly fast', ({ db }, [key]: Key) => integer(db.zset(key)?.size ?? 0)),
  command('zscore', 3, 'readonly fast', ({ db, resp }, [key, member]: Member) =>
    scoreReply(resp, db.zset(key)?.score(member)),
  ),
  command('zmscore', -3, 'readonly fast', ({ db, resp }, [key, ...members]: Words) => {
    const zset = db.zset(key);
    return array(members.map((member) => scoreReply(resp, zset?.score(member))));
  }),
  command('zrank', 3, 'readonly fast', ({ db, resp }, [key, member]: Member) => {
    const rank = db.zset(key)?.rank(member);
    return rank === undefined ? resp.nil : integer(rank);
  }),
  command('zrevrank', 3, 'readonly fast', ({ db, resp }, [key, member]: Member) => {
    const zset = db.zset(key);
    const rank = zset?.rank(member);
    return zset && rank !== undefined ? integer(zset.size - 1 - rank) : resp.nil;
  }),
  command('zrandmember', -2, 'readonly', random),
  command('zscan', -3, 'readonly', ({ db }, [key, ...words]: Words) =>
    scanReply(words, () => {
      const zset = db.zset(key);
      const whole = zset && zset.size <= 128 ? membersOf(zset) : undefined;
      const format = whole ? keptScore : formatScore;
      const parts = (member: string) => [member, format(zset?.score(member) ?? 0)];
      return { names: zset?.names, whole, parts };
    }),
  ),
];

/** As a small sorted set has it, which keeps whole numbers as such up to half of 64 bits. */
function keptScore(score: number): string {
  const isWhole = Number.isInteger(score) && Math.abs(score) < 2 ** 62;
  return isWhole ? String(BigInt(score)) : formatScore(score);
}

/** Members, each followed by its score where that was asked for. */
export function scoredReply(resp: Resp, entries: readonly Scored[], withScores: boolean): Reply {
  if (!withScores) return bulks(entries.map(({ member }) => member));
  return resp.pairs(entries.map(({ member, score }) => [bulk(member), resp.double(score)]));
}

function scoreReply(resp: Resp, score: number | undefined): Reply {
  return score === undefined ? resp.nil : resp.double(score);
}

function notANumber(): CommandError {
  return new CommandError('ERR resulting score is not a number (NaN)');
}

function add(session: Session, [key, ...words]: Words): Reply {
  const options = new Set<string>();
  while (/^(nx|xx|gt|lt|ch|incr)$/i.test(words[0] ?? '')) {
    options.add((words.shift() ?? '').toLowerCase());
  }
  if (words.length === 0 || words.length % 2 !== 0) throw syntaxError();
  refuseTogether(options);
  const pairs: Scored[] = [];
  for (let at = 0; at < words.length; at += 2) {
    if (at === 0 && options.has('incr') && words.length > 2) {
      throw new CommandError('ERR INCR option supports a single increment-element pair');
    }
    pairs.push({ score: toFloat(words[at] ?? '', notFloat), member: words[at + 1] ?? '' });
  }
  return addTo(session, key, pairs, options);
}

/** Adds scored members, by ZADD's options. @throws CommandError */
export function addTo(
  { db, resp }: Session,
  key: string,
  pairs: readonly Scored[],
  options: ReadonlySet<string>,
): Reply {
  if (!db.zset(key) && options.has('xx')) return options.has('incr') ? resp.nil : integer(0);
  const zset = db.zsetToFill(key);
  const before = zset.size;
  let updated = 0;
  let last: number | undefined;
  for (const { member, score: given } of pairs) {
    const old = zset.score(member);
    const score = options.has('incr') && old !== undefined ? old + given : given;
    if (Number.isNaN(score)) throw notANumber();
    last = undefined;
    if (refused(options, old, score)) continue;
    last = score;
    if (old !== undefined && old !== score) updated += 1;
    zset.set(member, score);
  }
  const added = zset.size - before;
  const event = options.has('incr') ? 'zincr' : 'zadd';
  if (added + updated > 0) db.changed(key, zset.size, event);
  else if (zset.size === 0) db.changed(key, 0);
  if (options.has('incr')) return scoreReply(resp, last);
  return integer(options.has('ch') ? added + updated : added);
}

function refuseTogether(options: ReadonlySet<string>): void {
  if (options.has('nx') && options.has('xx')) {
    throw new CommandError('ERR XX and NX options at the same time are not compatible');
  }
  const bounded = (options.has('gt') ? 1 : 0) + (options.has('lt') ? 1 : 0);
  if (bounded + (options.has('nx') ? 1 : 0) > 1) {
    throw new CommandError('ERR GT, LT, and/or NX options at the same time are not compatible');
  }
}

function refused(options: ReadonlySet<string>, old: number | undefined, score: number): boolean {
  if (old === undefined) return options.has('xx');
  return (
    options.has('nx') || (options.has('gt') && score <= old) || (options.has('lt') && score >= old)
  );
}

function random({ db, resp }: Session, [key, count, ...words]: Words): Reply {
  const wanted = count === undefined ? 1 : toPickCount(count);
  const [option] = words;
  if (words.length > 1 || (option !== undefined && option.toLowerCase() !== 'withscores'))
    throw syntaxError();
  if (count !== undefined && option !== undefined) refuseTwice(count);
  const zset = db.zset(key);
  if (!zset) return count === undefined ? resp.nil : EMPTY_ARRAY;
  if (count === undefined) return resp.bulkOrNil(pickOne(zset.names));
  const chosen = pick(zset.names, wanted, () => membersOf(zset));
  const entries = chosen.map((member) => ({ member, score: zset.score(member) ?? 0 }));
  return scoredReply(resp, entries, Boolean(option));
}

function membersOf(zset: SortedSet): string[] {
  return Array.from(zset, ({ member }) => member);
}
