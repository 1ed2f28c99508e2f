import { writeCompact } from '../../rdb/compact-writer';
import { isWholeDump, readDump, writeDump } from '../../rdb/dump';
import { RdbError } from '../../rdb/error';
import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { formatScore, toInteger } from '../protocol/numbers';
import { bulk, OK, type Reply } from '../protocol/reply';
import { encodingOf } from '../store/encoding';
import { fromRdb, toRdb } from '../store/rdb-value';
import { isVoid, sizeOf, type Value } from '../store/value';
import { command } from './command';

/** Values as bytes, in the form in which Redis has them in its files, to carry them elsewhere. */
export const serialization = [
  command('dump', 2, 'readonly', dump),
  command('restore', -4, 'write', restore),
  command('restore-asking', -4, 'write', restore),
];

type Restore = [key: string, ttl: string, bytes: string, ...words: string[]];

function dump({ db, resp }: Session, [key]: [string], { settings }: Engine): Reply {
  const value = db.get(key);
  if (value === undefined) return resp.nil;
  const encoding = encodingOf(value, settings);
  const packed = encoding === 'listpack' || encoding === 'intset';
  const packing = { packed, listSize: settings.number('list-max-listpack-size') };
  return bulk(writeDump(writeCompact(toRdb(value), packing, formatScore)).toString('latin1'));
}

function restore({ db }: Session, [key, ttl, bytes, ...words]: Restore): Reply {
  const { replaces, absolute, idle } = parse(words);
  if (!replaces && db.holds(key)) {
    throw new CommandError('BUSYKEY Target key name already exists.');
  }
  const time = toInteger(ttl);
  if (time < 0) throw new CommandError('ERR Invalid TTL value, must be >= 0');
  const value = read(Buffer.from(bytes, 'latin1'));
  const expiry = time === 0 ? undefined : absolute ? time : Date.now() + time;
  // What leaves 64 bits comes out as a time long ago.
  if (expiry !== undefined && (expiry <= Date.now() || (!absolute && expiry >= 2 ** 63))) {
    db.remove(key);
    return OK;
  }
  db.take(key);
  db.add({ key, value, expiry, note: { idle, form: undefined } });
  db.tell('restore', key);
  return OK;
}

function parse(words: readonly string[]) {
  const options = { replaces: false, absolute: false, idle: 0 };
  let measure: 'idletime' | 'freq' | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    if (word === 'replace') options.replaces = true;
    else if (word === 'absttl') options.absolute = true;
    else if ((word === 'idletime' || word === 'freq') && at + 1 < words.length) {
      if ((measure ?? word) !== word) throw syntaxError();
      measure = word;
      const value = toInteger(words[++at] ?? '');
      if (word === 'idletime') options.idle = toIdle(value);
      // How often a key is used counts only for servers that evict keys, which this one does not.
      else if (value < 0 || value > 255) {
        throw new CommandError('ERR Invalid FREQ value, must be >= 0 and <= 255');
      }
    } else throw syntaxError();
  }
  return options;
}

function toIdle(seconds: number): number {
  if (seconds < 0) throw new CommandError('ERR Invalid IDLETIME value, must be >= 0');
  return seconds;
}

function read(bytes: Buffer): Value {
  if (!isWholeDump(bytes)) {
    throw new CommandError('ERR DUMP payload version or checksum are wrong');
  }
  const bad = () => new CommandError('ERR Bad data format');
  try {
    const given = readDump(bytes);
    const value = fromRdb(given);
    const isOfMembers = given.type === 'set' || given.type === 'zset';
    // Each member may come once only.
    if (isVoid(value) || (isOfMembers && sizeOf(value) < given.members.length)) throw bad();
    return value;
  } catch (error) {
    throw error instanceof RdbError ? bad() : error;
  }
}
