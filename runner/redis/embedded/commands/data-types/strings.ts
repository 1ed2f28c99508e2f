import type { Session } from '../../engine/session';
import { CommandError, syntaxError, wrongArity } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { bulk, flag, integer, OK, type Reply } from '../../protocol/reply';
import { MAX_BULK } from '../../protocol/request';
import { command } from '../command';
import { setUntil } from '../deadline';

type Key = [key: string];
type KeyValue = [key: string, value: string];

/** Commands on strings as a whole or in part; counters are in counters.ts. */
export const strings = [
  command('get', 2, 'readonly fast', ({ db, resp }, [key]: Key) => resp.bulkOrNil(db.string(key))),
  command('set', -3, 'write', set),
  command('setnx', 3, 'write fast', ({ db }, [key, value]: KeyValue) => {
    if (db.has(key)) return flag(false);
    db.replace(key, value, 'set');
    return flag(true);
  }),
  command('setex', 4, 'write', (session, args: [string, string, string]) =>
    setFor(session, args, 'setex'),
  ),
  command('psetex', 4, 'write', (session, args: [string, string, string]) =>
    setFor(session, args, 'psetex'),
  ),
  command('getset', 3, 'write fast', ({ db, resp }, [key, value]: KeyValue) => {
    const before = resp.bulkOrNil(db.string(key));
    db.replace(key, value, 'set');
    return before;
  }),
  command('getdel', 2, 'write fast', ({ db, resp }, [key]: Key) => {
    const before = db.string(key);
    if (before !== undefined) db.remove(key);
    return resp.bulkOrNil(before);
  }),
  command('getex', -2, 'write fast', getex),
  command('mget', -2, 'readonly fast', ({ db, resp }, keys: string[]) =>
    resp.bulksOrNil(
      keys.map((key) => {
        const value = db.get(key);
        return typeof value === 'string' ? value : undefined;
      }),
    ),
  ),
  command('mset', -3, 'write', ({ db }, args: string[]) => {
    for (const [key, value] of pairs(args, 'mset')) db.replace(key, value, 'set');
    return OK;
  }),
  command('msetnx', -3, 'write', ({ db }, args: string[]) => {
    const all = pairs(args, 'msetnx');
    if (all.some(([key]) => db.has(key))) return flag(false);
    for (const [key, value] of all) db.replace(key, value, 'set');
    return flag(true);
  }),
  command('append', 3, 'write fast', ({ db }, [key, value]: KeyValue) => {
    const before = db.string(key);
    const whole = (before ?? '') + value;
    if (whole.length > MAX_BULK) throw tooLong();
    if (before === undefined) db.put(key, whole, 'append');
    else db.putAs('raw', key, whole, 'append');
    return integer(whole.length);
  }),
  command('strlen', 2, 'readonly fast', ({ db }, [key]: Key) =>
    integer(db.string(key)?.length ?? 0),
  ),
  command('getrange', 4, 'readonly', getrange),
  command('substr', 4, 'readonly', getrange),
  command('setrange', 4, 'write', setrange),
];

/** What the words after SET's value say. */
interface SetOptions {
  only: 'nx' | 'xx' | undefined;
  get: boolean;
  keepTtl: boolean;
  /** ms since 1970 */
  until: number | undefined;
}

function set({ db, resp }: Session, [key, value, ...words]: [string, string, ...string[]]): Reply {
  const options = setOptions(words);
  const before = options.get ? db.string(key) : undefined;
  const isThere = options.get ? before !== undefined : db.has(key);
  const met = options.only === undefined || isThere === (options.only === 'xx');
  if (met) {
    const kept = options.keepTtl ? db.expiry(key) : undefined;
    db.replace(key, value, 'set');
    if (options.until !== undefined) setExpiry(db, key, options.until);
    else if (kept !== undefined) db.expireAt(key, kept);
  }
  if (options.get) return resp.bulkOrNil(before);
  return met ? OK : resp.nil;
}

/** NX against XX, and one of EX PX EXAT PXAT KEEPTTL at most. */
function setOptions(words: readonly string[]): SetOptions {
  const options: SetOptions = { only: undefined, get: false, keepTtl: false, until: undefined };
  let time: [unit: string, text: string] | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const timed = options.keepTtl || time !== undefined;
    if ((word === 'nx' || word === 'xx') && (options.only ?? word) === word) options.only = word;
    else if (word === 'get') options.get = true;
    else if (word === 'keepttl' && !timed) options.keepTtl = true;
    else if (/^(ex|px)(at)?$/.test(word) && !timed && at + 1 < words.length) {
      time = [word, words[++at] ?? ''];
    } else throw syntaxError();
  }
  if (time) options.until = setUntil(...time, 'set');
  return options;
}

function setFor({ db }: Session, [key, time, value]: [string, string, string], name: string) {
  const until = setUntil(name === 'setex' ? 'ex' : 'px', time, name);
  db.replace(key, value, 'set');
  db.expireAt(key, until, 'expire');
  return OK;
}

/** A time that has passed is set like another, and the key expires of it. */
function setExpiry(db: Session['db'], key: string, at: number): void {
  if (at > Date.now()) db.expireAt(key, at, 'expire');
  else {
    db.tell('expire', key);
    db.remove(key, 'expired');
  }
}

function getex({ db, resp }: Session, [key, ...words]: [string, ...string[]]): Reply {
  const word = words[0]?.toLowerCase();
  const timed = word !== undefined && /^(ex|px)(at)?$/.test(word);
  if (word !== undefined && word !== 'persist' && !timed) throw syntaxError();
  if (words.length > (timed ? 2 : 1) || (timed && words.length < 2)) throw syntaxError();
  const value = db.string(key);
  if (value === undefined) return resp.nil;
  if (word === 'persist') db.persist(key);
  else if (timed) db.expireAt(key, setUntil(word, words[1] ?? '', 'getex'), 'expire');
  return bulk(value);
}

function getrange({ db }: Session, [key, first, last]: [string, string, string]): Reply {
  let start = toInteger(first);
  let end = toInteger(last);
  const text = db.string(key) ?? '';
  if (start < 0 && end < 0 && start > end) return bulk('');
  if (start < 0) start = Math.max(0, text.length + start);
  if (end < 0) end = Math.max(0, text.length + end);
  return bulk(text.slice(start, end + 1));
}

function setrange({ db }: Session, [key, place, value]: [string, string, string]): Reply {
  const offset = toInteger(place);
  if (offset < 0) throw new CommandError('ERR offset is out of range');
  const before = db.bytes(key)?.length ?? 0;
  if (value === '') return integer(before);
  if (offset + value.length > MAX_BULK) throw tooLong();
  const bytes = db.bytesToChange(key);
  bytes.grow(offset + value.length);
  bytes.write(offset, value);
  db.touch(key, 'setrange');
  return integer(bytes.length);
}

function pairs(args: readonly string[], name: string): [string, string][] {
  if (args.length % 2 !== 0) throw wrongArity(name);
  const all: [string, string][] = [];
  for (let at = 0; at < args.length; at += 2) all.push([args[at] ?? '', args[at + 1] ?? '']);
  return all;
}

function tooLong(): CommandError {
  return new CommandError('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
}
