import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { array, bulk, EMPTY_ARRAY, type Reply } from '../../protocol/reply';
import type { Scored, SortedSet } from '../../store/sorted-set';
import { takeOrWait } from '../blocking';
import { command, ONE_KEY } from '../command';

type End = 'min' | 'max';

/** Taking the lowest or the highest members, at once or when there are some. */
export const sortedSetPops = [
  command('zpopmin', -2, 'write fast', ONE_KEY, (session, args: string[]) =>
    pop(session, args, 'min'),
  ),
  command('zpopmax', -2, 'write fast', ONE_KEY, (session, args: string[]) =>
    pop(session, args, 'max'),
  ),
  command('bzpopmin', -3, 'write fast blocking noscript', [1, -2, 1], (session, args: string[]) =>
    waitAndPop(session, args, 'min'),
  ),
  command('bzpopmax', -3, 'write fast blocking noscript', [1, -2, 1], (session, args: string[]) =>
    waitAndPop(session, args, 'max'),
  ),
];

function pop({ db, resp }: Session, [key = '', count, ...more]: string[], end: End): Reply {
  if (more.length > 0) throw syntaxError();
  const unfit = () => new CommandError('ERR value is out of range, must be positive');
  const wanted = count === undefined ? 1 : toInteger(count, unfit);
  if (wanted < 0) throw unfit();
  const zset = db.zset(key);
  if (!zset) return EMPTY_ARRAY;
  const entries = takeFrom(zset, end, wanted);
  if (entries.length > 0) db.changed(key, zset.size, end === 'min' ? 'zpopmin' : 'zpopmax');
  const scored = entries.map(({ member, score }) => [bulk(member), resp.double(score)] as const);
  // One alone is not put into an array of its own, in neither protocol.
  return count === undefined ? array(scored.flat()) : resp.pairs(scored);
}

function waitAndPop(session: Session, args: readonly string[], end: End): Reply | undefined {
  const { db, resp } = session;
  const take = (key: string) => {
    const value = db.get(key);
    const other = value !== undefined && (typeof value === 'string' || value.type !== 'zset');
    if (session.blocked && other) return undefined;
    const zset = db.zset(key);
    const [entry] = zset ? takeFrom(zset, end, 1) : [];
    if (!zset || !entry) return undefined;
    db.changed(key, zset.size, end === 'min' ? 'zpopmin' : 'zpopmax');
    return array([bulk(key), bulk(entry.member), resp.double(entry.score)]);
  };
  return takeOrWait(
    session,
    { keys: args.slice(0, -1), take, nothing: resp.nilArray },
    args.at(-1) ?? '',
  );
}

function takeFrom(zset: SortedSet, end: End, count: number): Scored[] {
  const wanted = Math.min(count, zset.size);
  const start = end === 'min' ? 0 : zset.size - wanted;
  const entries = zset.slice(start, start + wanted);
  zset.deleteSlice(start, start + wanted);
  return end === 'min' ? entries : entries.reverse();
}
