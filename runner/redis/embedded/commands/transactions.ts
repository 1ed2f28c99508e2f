import type { Session } from '../engine/session';
import { CommandError } from '../protocol/command-error';
import { array, OK, type Reply } from '../protocol/reply';
import { command } from './command';

/** MULTI and what belongs to it. */
export const transactions = [
  command('multi', 1, 'noscript unqueued fast', (session) => {
    if (session.transaction) throw new CommandError('ERR MULTI calls can not be nested');
    session.transaction = {
      ...{ queue: [], bytes: 0, failed: false },
      ...{ changes: false, writes: false, grows: false },
    };
    return OK;
  }),
  command('exec', 1, 'noscript unqueued', exec),
  command('discard', 1, 'noscript unqueued fast', (session) => {
    if (!session.transaction) throw new CommandError('ERR DISCARD without MULTI');
    session.discard();
    return OK;
  }),
  command('watch', -2, 'noscript unqueued fast', (session, keys: string[]) => {
    if (session.transaction) throw new CommandError('ERR WATCH inside MULTI is not allowed');
    const { db, host } = session;
    for (const key of keys) host.watches.add(session, db.index, key, db.has(key));
    return OK;
  }),
  command('unwatch', 1, 'noscript fast', (session) => {
    session.unwatch();
    return OK;
  }),
];

function exec(session: Session): Reply {
  const { transaction } = session;
  if (!transaction) throw new CommandError('ERR EXEC without MULTI');
  const changed = session.dirty || hasExpired(session);
  session.unwatch();
  if (transaction.failed) {
    session.transaction = undefined;
    throw new CommandError('EXECABORT Transaction discarded because of previous errors.');
  }
  if (changed) {
    session.transaction = undefined;
    return session.resp.nilArray;
  }
  const replies = transaction.queue.map((run) => run());
  session.transaction = undefined;
  return array(replies);
}

/** A key that has expired under WATCH counts as changed: nobody wrote it, yet it is gone. */
function hasExpired(session: Session): boolean {
  for (const { db, key, existed } of session.watched.values()) {
    if (existed && !session.host.database(db).has(key)) return true;
  }
  return false;
}
