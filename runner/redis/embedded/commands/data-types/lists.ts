import type { Session } from '../../engine/session';
import { CommandError, noSuchKey, outOfRange, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { bulks, integer, OK, type Reply } from '../../protocol/reply';
import { ListValue } from '../../store/list-value';
import { command } from '../command';

type Key = [key: string];
type Items = [key: string, ...items: string[]];
type Range = [key: string, first: string, last: string];

/** Commands on one list; those that move items or wait for them are in listmoves.ts. */
export const lists = [
  command('lpush', -3, 'write fast', (session, args: Items) => push(session, args, 'left')),
  command('rpush', -3, 'write fast', (session, args: Items) => push(session, args, 'right')),
  command('lpushx', -3, 'write fast', (session, args: Items) =>
    session.db.list(args[0]) ? push(session, args, 'left') : integer(0),
  ),
  command('rpushx', -3, 'write fast', (session, args: Items) =>
    session.db.list(args[0]) ? push(session, args, 'right') : integer(0),
  ),
  command('lpop', -2, 'write fast', (session, args: Items) => pop(session, args, 'left')),
  command('rpop', -2, 'write fast', (session, args: Items) => pop(session, args, 'right')),
  command('llen', 2, 'readonly fast', ({ db }, [key]: Key) => integer(db.list(key)?.length ?? 0)),
  command('lrange', 4, 'readonly', ({ db }, [key, first, last]: Range) => {
    const [start, end] = [toInteger(first), toInteger(last)];
    const items = db.list(key);
    return bulks(items?.slice(...bounds(start, end, items.length)) ?? []);
  }),
  command('lindex', 3, 'readonly', ({ db, resp }, [key, place]: [string, string]) => {
    const items = db.list(key);
    return items ? resp.bulkOrNil(items.at(toInteger(place))) : resp.nil;
  }),
  command('lset', 4, 'write', ({ db }, [key, place, item]: Range) => {
    const items = db.list(key);
    if (!items) throw noSuchKey();
    const given = toInteger(place);
    const index = given < 0 ? items.length + given : given;
    if (index < 0 || index >= items.length) throw outOfRange();
    items.set(index, item);
    db.changed(key, items.length, 'lset');
    return OK;
  }),
  command('linsert', 5, 'write', insert),
  command('lrem', 4, 'write', remove),
  command('ltrim', 4, 'write', ({ db }, [key, first, last]: Range) => {
    const [start, end] = [toInteger(first), toInteger(last)];
    const items = db.list(key);
    if (!items) return OK;
    items.keep(...bounds(start, end, items.length));
    db.changed(key, items.length, 'ltrim');
    return OK;
  }),
  command('lpos', -3, 'readonly', position),
];

/** Start and end as slice wants them, from Redis's inclusive ones that may count from the end. */
export function bounds(start: number, end: number, size: number): [start: number, end: number] {
  const from = start < 0 ? Math.max(0, size + start) : start;
  const to = (end < 0 ? size + end : end) + 1;
  return [from, Math.max(from, to)];
}

function push({ db }: Session, [key, ...items]: Items, side: 'left' | 'right'): Reply {
  const list = db.listToFill(key);
  for (const item of items) {
    if (side === 'left') list.unshift(item);
    else list.push(item);
  }
  db.changed(key, list.length, side === 'left' ? 'lpush' : 'rpush');
  return integer(list.length);
}

/** What notifications call taking from that end. */
export function popEvent(side: 'left' | 'right'): 'lpop' | 'rpop' {
  return side === 'left' ? 'lpop' : 'rpop';
}

function pop({ db, resp }: Session, [key, count, ...more]: Items, side: 'left' | 'right'): Reply {
  if (more.length > 0) {
    throw new CommandError(
      `ERR wrong number of arguments for '${side === 'left' ? 'lpop' : 'rpop'}' command`,
    );
  }
  const wanted = count === undefined ? undefined : toCount(count);
  const list = db.list(key);
  if (!list) return wanted === undefined ? resp.nil : resp.nilArray;
  if (wanted === undefined) {
    const item = side === 'left' ? list.shift() : list.pop();
    db.changed(key, list.length, popEvent(side));
    return resp.bulkOrNil(item);
  }
  if (wanted === 0) return bulks([]);
  const items = side === 'left' ? list.takeFirst(wanted) : list.takeLast(wanted);
  db.changed(key, list.length, popEvent(side));
  return bulks(items);
}

function toCount(text: string): number {
  const unfit = () => new CommandError('ERR value is out of range, must be positive');
  const count = toInteger(text, unfit);
  if (count < 0) throw unfit();
  return count;
}

function insert({ db }: Session, args: [string, string, string, string]): Reply {
  const [key, side, pivot, item] = args;
  const after = side.toLowerCase() === 'after';
  if (!after && side.toLowerCase() !== 'before') throw syntaxError();
  const list = db.list(key);
  if (!list) return integer(0);
  const index = list.indexOf(pivot);
  if (index < 0) return integer(-1);
  list.insert(after ? index + 1 : index, item);
  db.changed(key, list.length, 'linsert');
  return integer(list.length);
}

function remove({ db }: Session, [key, count, item]: Range): Reply {
  const wanted = toInteger(count);
  const list = db.list(key);
  if (!list) return integer(0);
  const gone = list.remove(item, wanted === 0 ? list.length : Math.abs(wanted), wanted < 0);
  if (gone > 0) db.changed(key, list.length, 'lrem');
  return integer(gone);
}

function position(
  { db, resp }: Session,
  [key, item, ...words]: [string, string, ...string[]],
): Reply {
  let rank = 1;
  let count: number | undefined;
  let most = 0;
  for (let at = 0; at < words.length; at += 2) {
    const word = (words[at] ?? '').toLowerCase();
    const value = words[at + 1];
    if (value === undefined) throw syntaxError();
    if (word === 'rank') rank = toRank(value);
    else if (word === 'count') count = toNatural(value, 'COUNT');
    else if (word === 'maxlen') most = toNatural(value, 'MAXLEN');
    else throw syntaxError();
  }
  const places = placesOf(db.list(key) ?? new ListValue(), item, rank, count ?? 1, most);
  if (count !== undefined) return `*${places.length}\r\n${places.map(integer).join('')}`;
  return places[0] === undefined ? resp.nil : integer(places[0]);
}

function placesOf(list: ListValue, item: string, rank: number, count: number, most: number) {
  const found: number[] = [];
  let skip = Math.abs(rank) - 1;
  const reach = most === 0 ? list.length : Math.min(most, list.length);
  for (let step = 0; step < reach; step += 1) {
    const index = rank > 0 ? step : list.length - 1 - step;
    if (list.at(index) !== item || skip-- > 0) continue;
    found.push(index);
    if (found.length === count) break;
  }
  return found;
}

function toRank(text: string): number {
  // Redis 7.0 turns the sign of the lowest number, which has no counterpart, and then skips none.
  if (text === '-9223372036854775808') return -1;
  const rank = toInteger(text);
  if (rank !== 0) return rank;
  throw new CommandError(
    "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
  );
}

function toNatural(text: string, option: string): number {
  const unfit = () => new CommandError(`ERR ${option} can't be negative`);
  const value = toInteger(text, unfit);
  if (value < 0) throw unfit();
  return value;
}
