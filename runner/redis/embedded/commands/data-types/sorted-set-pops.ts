import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { array, bulk, EMPTY_ARRAY, type Reply } from '../../protocol/reply';
import type { Scored, SortedSet } from '../../store/sorted-set';
import { takeOrWait } from '../blocking';
import { command } from '../command';
import { readNumberedKeys } from '../numbered-keys';

type End = 'min' | 'max';

/** Taking the lowest or the highest members, at once or when there are some. */
export const sortedSetPops = [
  command('zpopmin', -2, 'write fast', (session, args: string[]) => pop(session, args, 'min')),
  command('zpopmax', -2, 'write fast', (session, args: string[]) => pop(session, args, 'max')),
  command('bzpopmin', -3, 'write fast blocking noscript', (session, args: string[]) =>
    waitAndPop(session, args, 'min'),
  ),
  command('bzpopmax', -3, 'write fast blocking noscript', (session, args: string[]) =>
    waitAndPop(session, args, 'max'),
  ),
  command('zmpop', -4, 'write', (session, args: string[]) => {
    const { keys, side, count } = readNumberedKeys(args, toEnd);
    for (const key of keys) {
      const reply = popMany(session, key, side, count);
      if (reply) return reply;
    }
    return session.resp.nilArray;
  }),
  command('bzmpop', -5, 'write blocking', (session, [seconds, ...args]: string[]) => {
    const { keys, side, count } = readNumberedKeys(args, toEnd);
    const take = (key: string) => popMany(session, key, side, count);
    return takeOrWait(session, { keys, take, nothing: session.resp.nilArray }, seconds ?? '');
  }),
];

function pop({ db, resp }: Session, [key = '', count, ...more]: string[], end: End): Reply {
  if (more.length > 0) throw syntaxError();
  const unfit = () => new CommandError('ERR value is out of range, must be positive');
  const wanted = count === undefined ? 1 : toInteger(count, unfit);
  if (wanted < 0) throw unfit();
  const zset = db.zset(key);
  if (!zset) return EMPTY_ARRAY;
  const entries = takeFrom(zset, end, wanted);
  if (entries.length > 0) db.changed(key, zset.size, popEvent(end));
  const scored = entries.map(({ member, score }) => [bulk(member), resp.double(score)] as const);
  // One alone is not put into an array of its own, in neither protocol.
  return count === undefined ? array(scored.flat()) : resp.pairs(scored);
}

function waitAndPop(session: Session, args: readonly string[], end: End): Reply | undefined {
  const { db, resp } = session;
  const take = (key: string) => {
    const zset = takeable(session, key);
    const [entry] = zset ? takeFrom(zset, end, 1) : [];
    if (!zset || !entry) return undefined;
    db.changed(key, zset.size, popEvent(end));
    return array([bulk(key), bulk(entry.member), resp.double(entry.score)]);
  };
  return takeOrWait(
    session,
    { keys: args.slice(0, -1), take, nothing: resp.nilArray },
    args.at(-1) ?? '',
  );
}

/** A client that waits already gets no error for a wrong type: it waits on. */
function takeable({ db, blocked }: Session, key: string): SortedSet | undefined {
  const value = db.get(key);
  const other = value !== undefined && (typeof value === 'string' || value.type !== 'zset');
  return blocked && other ? undefined : db.zset(key);
}

function popEvent(end: End): 'zpopmin' | 'zpopmax' {
  return end === 'min' ? 'zpopmin' : 'zpopmax';
}

function toEnd(text: string): End {
  const end = text.toLowerCase();
  if (end !== 'min' && end !== 'max') throw syntaxError();
  return end;
}

function popMany(session: Session, key: string, end: End, count: number): Reply | undefined {
  const { db, resp } = session;
  const zset = takeable(session, key);
  if (!zset) return undefined;
  const entries = takeFrom(zset, end, count);
  db.changed(key, zset.size, popEvent(end));
  const pairs = entries.map(({ member, score }) => array([bulk(member), resp.double(score)]));
  return array([bulk(key), array(pairs)]);
}

function takeFrom(zset: SortedSet, end: End, count: number): Scored[] {
  const wanted = Math.min(count, zset.size);
  const start = end === 'min' ? 0 : zset.size - wanted;
  const entries = zset.slice(start, start + wanted);
  zset.deleteSlice(start, start + wanted);
  return end === 'min' ? entries : entries.reverse();
}
