import type { Session } from '../engine/session';
import { CommandError, noSuchKey, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { bulks, flag, integer, OK, type Reply, status } from '../protocol/reply';
import { matches } from '../store/glob';
import { pickOne } from '../store/random';
import { copyValue, typeOf } from '../store/value';
import { command } from './command';
import { scanReply } from './scan';
import { toDatabase } from './select';

type Key = [key: string];
type Two = [from: string, to: string];

/** Commands on keys of whatever type; their times are in expiry.ts. */
export const keys = [
  command('del', -2, 'write', remove),
  command('unlink', -2, 'write fast', remove),
  command('exists', -2, 'readonly fast', ({ db }, all: string[]) =>
    integer(all.filter((key) => db.has(key)).length),
  ),
  command('touch', -2, 'readonly fast', ({ db }, all: string[]) =>
    integer(all.filter((key) => db.get(key) !== undefined).length),
  ),
  command('type', 2, 'readonly fast', ({ db }, [key]: Key) => {
    const value = db.peek(key);
    return status(value === undefined ? 'none' : typeOf(value));
  }),
  command('keys', 2, 'readonly', ({ db }, [pattern]: [string]) =>
    bulks(db.keys().filter((key) => matches(pattern, key))),
  ),
  command('scan', -2, 'readonly', ({ db }, words: string[]) => {
    const keep = (key: string, type: string | undefined) => {
      const value = type === undefined ? undefined : db.peek(key);
      return type === undefined || (value !== undefined && typeOf(value) === type);
    };
    return scanReply(words, () => ({ names: db.names, keep, typed: true }));
  }),
  command('randomkey', 1, 'readonly', ({ db, resp }) => resp.bulkOrNil(pickOne(db.names))),
  command('rename', 3, 'write', ({ db }, [from, to]: Two) => {
    rename(db, from, to);
    return OK;
  }),
  command('renamenx', 3, 'write fast', ({ db }, [from, to]: Two) => {
    if (!db.has(from)) throw noSuchKey();
    if (db.has(to)) return flag(false);
    rename(db, from, to);
    return flag(true);
  }),
  command('copy', -3, 'write', copy),
  command('move', 3, 'write fast', (session, [key, index]: Two) => {
    const target = session.host.database(toDatabase(index));
    if (target === session.db) throw sameObject();
    const value = session.db.get(key);
    if (value === undefined || target.has(key)) return flag(false);
    const entry = { key, value, expiry: session.db.expiry(key), note: session.db.notes.of(key) };
    session.db.take(key);
    target.add(entry);
    session.db.tell('move_from', key);
    target.tell('move_to', key);
    return flag(true);
  }),
];

function remove({ db }: Session, all: string[]): Reply {
  return integer(all.filter((key) => db.remove(key)).length);
}

function rename(db: Session['db'], from: string, to: string): void {
  const value = db.get(from);
  if (value === undefined) throw noSuchKey();
  if (from === to) return;
  const entry = { key: to, value, expiry: db.expiry(from), note: db.notes.of(from) };
  db.take(from);
  // Gone before it comes, so that it wakes whoever waits for it.
  db.take(to);
  db.add(entry);
  db.tell('rename_from', from);
  db.tell('rename_to', to);
}

function copy(session: Session, [from, to, ...words]: [string, string, ...string[]]): Reply {
  let target = session.db;
  let replace = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    if (word === 'replace') replace = true;
    else if (word === 'db' && at + 1 < words.length) {
      toInteger(words[at + 1] ?? '');
      target = session.host.database(toDatabase(words[++at] ?? ''));
    } else throw syntaxError();
  }
  if (target === session.db && from === to) throw sameObject();
  const value = session.db.get(from);
  if (value === undefined || (target.holds(to) && !replace)) return flag(false);
  const [expiry, note] = [session.db.expiry(from), session.db.notes.of(from)];
  target.take(to);
  target.add({ key: to, value: copyValue(value), expiry, note });
  target.tell('copy_to', to);
  return flag(true);
}

function sameObject(): CommandError {
  return new CommandError('ERR source and destination objects are the same');
}
