import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { array, bulks, EMPTY_ARRAY, flag, integer, type Reply } from '../../protocol/reply';
import { pick, pickOne } from '../../store/random';
import { command } from '../command';
import { toPickCount } from '../pick-count';
import { scanReply } from '../scan';

type Key = [key: string];
type Members = [key: string, ...members: string[]];

/** Commands on one set; those that combine several are in setalgebra.ts. */
export const sets = [
  command('sadd', -3, 'write fast', ({ db }, [key, ...members]: Members) => {
    const set = db.setToFill(key);
    const added = members.filter((member) => set.add(member)).length;
    if (added > 0) db.changed(key, set.size, 'sadd');
    return integer(added);
  }),
  command('srem', -3, 'write fast', ({ db }, [key, ...members]: Members) => {
    const set = db.set(key);
    const gone = members.filter((member) => set?.delete(member)).length;
    if (set && gone > 0) db.changed(key, set.size, 'srem');
    return integer(gone);
  }),
  command('scard', 2, 'readonly fast', ({ db }, [key]: Key) => integer(db.set(key)?.size ?? 0)),
  command('smembers', 2, 'readonly', ({ db, resp }, [key]: Key) =>
    resp.set(bulks(db.set(key) ?? [])),
  ),
  command('sismember', 3, 'readonly fast', ({ db }, [key, member]: [string, string]) =>
    flag(db.set(key)?.has(member) ?? false),
  ),
  command('smismember', -3, 'readonly fast', ({ db }, [key, ...members]: Members) => {
    const set = db.set(key);
    return array(members.map((member) => flag(set?.has(member) ?? false)));
  }),
  command('smove', 4, 'write fast', move),
  command('spop', -2, 'write fast', pop),
  command('srandmember', -2, 'readonly', random),
  command('sscan', -3, 'readonly', ({ db }, [key, ...words]: Members) =>
    scanReply(words, () => {
      const set = db.set(key);
      return { names: set?.names, whole: set?.isIntset() ? set : undefined };
    }),
  ),
];

function move({ db }: Session, [from, to, member]: [string, string, string]): Reply {
  const source = db.set(from);
  if (!source) return flag(false);
  const target = db.set(to);
  if (!source.has(member)) return flag(false);
  if (from === to) return flag(true);
  source.delete(member);
  db.changed(from, source.size, 'srem');
  const filled = target ?? db.setToFill(to);
  if (filled.add(member)) db.changed(to, filled.size, 'sadd');
  return flag(true);
}

function pop({ db, resp }: Session, [key, count, ...more]: Members): Reply {
  if (more.length > 0) throw syntaxError();
  const unfit = () => new CommandError('ERR value is out of range, must be positive');
  const wanted = count === undefined ? 1 : toInteger(count, unfit);
  if (wanted < 0) throw unfit();
  const set = db.set(key);
  if (!set) return count === undefined ? resp.nil : resp.set(EMPTY_ARRAY);
  const chosen = pick(set.names, wanted, () => set);
  for (const member of chosen) set.delete(member);
  if (chosen.length > 0) db.changed(key, set.size, 'spop');
  return count === undefined ? resp.bulkOrNil(chosen[0]) : resp.set(bulks(chosen));
}

function random({ db, resp }: Session, [key, count, ...more]: Members): Reply {
  if (more.length > 0) throw syntaxError();
  const wanted = count === undefined ? undefined : toPickCount(count);
  const set = db.set(key);
  if (wanted === undefined) return resp.bulkOrNil(set && pickOne(set.names));
  return set ? bulks(pick(set.names, wanted, () => set)) : EMPTY_ARRAY;
}
