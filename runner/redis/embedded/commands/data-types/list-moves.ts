import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { array, bulk, bulks, type Reply } from '../../protocol/reply';
import type { ListValue } from '../../store/list-value';
import { takeOrWait } from '../blocking';
import { command } from '../command';
import { readNumberedKeys } from '../numbered-keys';
import { popEvent } from './lists';

type Side = 'left' | 'right';

/** Commands that move items between lists, or wait until there is one to take. */
export const listMoves = [
  command('blpop', -3, 'write blocking noscript', (session, args: string[]) =>
    waitAndPop(session, args, 'left'),
  ),
  command('brpop', -3, 'write blocking noscript', (session, args: string[]) =>
    waitAndPop(session, args, 'right'),
  ),
  command('rpoplpush', 3, 'write', (session, [from, to]: [string, string]) =>
    session.resp.bulkOrNil(move(session, from, to, 'right', 'left')),
  ),
  command('brpoplpush', 4, 'write blocking noscript', (session, args: [string, string, string]) =>
    waitAndMove(session, args[0], args[1], 'right', 'left', args[2]),
  ),
  command('lmove', 5, 'write', (session, args: [string, string, string, string]) => {
    const [from, to, source, target] = args;
    return session.resp.bulkOrNil(move(session, from, to, toSide(source), toSide(target)));
  }),
  command(
    'blmove',
    6,
    'write blocking noscript',
    (session, [from, to, source, target, seconds]: [string, string, string, string, string]) =>
      waitAndMove(session, from, to, toSide(source), toSide(target), seconds),
  ),
  command('lmpop', -4, 'write', (session, args: string[]) => {
    const { keys, side, count } = readNumberedKeys(args, toSide);
    for (const key of keys) {
      const reply = popMany(session, key, side, count);
      if (reply) return reply;
    }
    return session.resp.nilArray;
  }),
  command('blmpop', -5, 'write blocking', (session, [seconds, ...args]: string[]) => {
    const { keys, side, count } = readNumberedKeys(args, toSide);
    const take = (key: string) => popMany(session, key, side, count);
    return takeOrWait(session, { keys, take, nothing: session.resp.nilArray }, seconds ?? '');
  }),
];

function waitAndPop(session: Session, args: readonly string[], side: Side): Reply | undefined {
  const { db } = session;
  const take = (key: string) => {
    const list = takeable(session, key);
    if (!list) return undefined;
    const item = side === 'left' ? list.shift() : list.pop();
    db.changed(key, list.length, popEvent(side));
    return bulks([key, item ?? '']);
  };
  const request = { keys: args.slice(0, -1), take, nothing: session.resp.nilArray };
  return takeOrWait(session, request, args.at(-1) ?? '');
}

/** A client that waits already gets no error for a wrong type: it waits on. */
function takeable(session: Session, key: string): ListValue | undefined {
  if (!session.blocked) return session.db.list(key);
  const value = session.db.get(key);
  return value !== undefined && typeof value !== 'string' && value.type === 'list'
    ? value.items
    : undefined;
}

function move({ db }: Session, from: string, to: string, source: Side, target: Side) {
  const list = db.list(from);
  if (!list) return undefined;
  db.list(to);
  const item = source === 'left' ? list.shift() : list.pop();
  if (item === undefined) return undefined;
  const other = from === to ? list : db.listToFill(to);
  if (target === 'left') other.unshift(item);
  else other.push(item);
  db.changed(to, other.length, target === 'left' ? 'lpush' : 'rpush');
  db.changed(from, list.length, popEvent(source));
  return item;
}

function waitAndMove(
  session: Session,
  from: string,
  to: string,
  source: Side,
  target: Side,
  seconds: string,
): Reply | undefined {
  const take = (key: string) => {
    if (!takeable(session, key)) return undefined;
    try {
      return session.resp.bulkOrNil(move(session, key, to, source, target));
    } catch (fault) {
      if (session.blocked && fault instanceof CommandError) return `-${fault.message}\r\n`;
      throw fault;
    }
  };
  const { nil, nilArray } = session.resp;
  const nothing = session.mayBlock ? nilArray : nil;
  return takeOrWait(session, { keys: [from], take, nothing }, seconds);
}

function toSide(text: string): Side {
  const side = text.toLowerCase();
  if (side !== 'left' && side !== 'right') throw syntaxError();
  return side;
}

function popMany(session: Session, key: string, side: Side, count: number): Reply | undefined {
  const list = takeable(session, key);
  if (!list) return undefined;
  const items = side === 'left' ? list.takeFirst(count) : list.takeLast(count);
  session.db.changed(key, list.length, popEvent(side));
  return array([bulk(key), bulks(items)]);
}
