import type { Session } from '../../engine/session';
import { CommandError, noSuchKey, syntaxError, wrongArity } from '../../protocol/command-error';
import { toBigInteger, toInteger } from '../../protocol/numbers';
import { array, bulk, EMPTY_ARRAY, integer, OK, type Reply } from '../../protocol/reply';
import { formatId, MAX_ID, makeId, msOf, type StreamId, ZERO_ID } from '../../store/stream/id';
import type { StreamEntry } from '../../store/stream/node';
import type { Stream } from '../../store/stream/stream';
import { command } from '../command';
import { entryReply, toEnd, toHalves, toId, toStart } from './ids';
import { trimOptions } from './trimming';

type Key = [key: string];
type Words = [key: string, ...words: string[]];

/** Commands on the entries of one stream; those that wait for entries are in reading.ts. */
export const streams = [
  command('xadd', -5, 'write fast', add),
  command('xlen', 2, 'readonly fast', ({ db }, [key]: Key) => integer(db.stream(key)?.length ?? 0)),
  command('xrange', -4, 'readonly', (session, [key, start, end, ...words]: Words) =>
    range(session, key, toStart(start ?? ''), toEnd(end ?? ''), words, false),
  ),
  command('xrevrange', -4, 'readonly', (session, [key, end, start, ...words]: Words) => {
    // The start is read first here as well.
    const from = toStart(start ?? '');
    return range(session, key, from, toEnd(end ?? ''), words, true);
  }),
  command('xdel', -3, 'write fast', ({ db }, [key, ...words]: Words) => {
    const stream = db.stream(key);
    if (!stream) return integer(0);
    const ids = words.map((word) => toId(word));
    const gone = ids.filter((id) => stream.delete(id)).length;
    if (gone > 0) db.touch(key, 'xdel');
    return integer(gone);
  }),
  command('xtrim', -4, 'write', ({ db }, [key, ...words]: Words) => {
    const { trim } = trimOptions(words, false);
    const stream = db.stream(key);
    const gone = (trim && stream?.trim(trim)) ?? 0;
    if (gone > 0) db.touch(key, 'xtrim');
    return integer(gone);
  }),
  command('xsetid', -3, 'write fast', setId),
];

function add({ db, resp }: Session, [key, ...words]: Words): Reply {
  const options = trimOptions(words, true);
  const [given, ...fields] = words.slice(options.words);
  const wanted = given === undefined || given === '*' ? undefined : toHalves(given);
  if (fields.length === 0 || fields.length % 2 === 1) throw wrongArity('xadd');
  if (wanted?.ms === 0n && (wanted.number ?? 0n) === 0n) {
    throw new CommandError('ERR The ID specified in XADD must be greater than 0-0');
  }
  const found = db.stream(key);
  if (!found && options.onlyExisting) return resp.nil;
  const stream = found ?? db.streamToFill(key);
  const id = newId(stream, wanted);
  stream.add(id, fields);
  db.signal(key);
  db.touch(key, 'xadd');
  if (options.trim && stream.trim(options.trim) > 0) db.tell('xtrim', key);
  return bulk(formatId(id));
}

/** The id of an entry to add. @param wanted undefined for the clock's @throws CommandError */
function newId({ lastId }: Stream, wanted: ReturnType<typeof toHalves> | undefined): StreamId {
  if (lastId === MAX_ID) {
    throw new CommandError(
      'ERR The stream has exhausted the last possible ID, unable to add more items',
    );
  }
  if (!wanted) {
    const now = makeId(BigInt(Date.now()), 0n);
    return now > lastId ? now : lastId + 1n;
  }
  const { ms, number = 0n } = wanted;
  const next = msOf(lastId) === ms ? lastId + 1n : makeId(ms, 0n);
  const id = number === '*' ? next : makeId(ms, number);
  // Redis says so where the numbers of the ms have come to their end.
  if (msOf(id) !== ms) throw new CommandError('ERR Elements are too large to be stored');
  if (id > lastId) return id;
  throw new CommandError(
    'ERR The ID specified in XADD is equal or smaller than the target stream top item',
  );
}

function range(
  { db, resp }: Session,
  key: string,
  start: StreamId,
  end: StreamId,
  words: readonly string[],
  reverse: boolean,
): Reply {
  const count = toCount(words);
  const stream = db.stream(key);
  if (!stream) return EMPTY_ARRAY;
  if (count === 0) return resp.nilArray;
  const entries = reverse ? stream.reverse(end, start) : stream.range(start, end);
  return array(firstOf(entries, count).map(entryReply));
}

/** Up to so many entries; -1: all. */
export function firstOf(entries: Iterable<StreamEntry>, count: number): StreamEntry[] {
  const first: StreamEntry[] = [];
  for (const entry of entries) {
    if (first.length === count) break;
    first.push(entry);
  }
  return first;
}

/** COUNT, which may come more than once; -1 where it does not. */
function toCount(words: readonly string[]): number {
  let count = -1;
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1];
    if (words[at]?.toLowerCase() !== 'count' || value === undefined) throw syntaxError();
    count = Math.max(0, toInteger(value));
  }
  return count;
}

function setId({ db }: Session, [key, given = '', ...words]: Words): Reply {
  const id = toId(given);
  let added: bigint | undefined;
  let maxDeletedId: StreamId | undefined;
  for (let at = 0; at < words.length; at += 2) {
    const word = (words[at] ?? '').toLowerCase();
    const value = words[at + 1];
    if (value === undefined) throw syntaxError();
    if (word === 'entriesadded') {
      added = toBigInteger(value);
      if (added < 0n) throw new CommandError('ERR entries_added must be positive');
    } else if (word === 'maxdeletedid') {
      maxDeletedId = toId(value);
      if (id < maxDeletedId) throw smaller('ID', 'provided max_deleted_entry_id');
    } else throw syntaxError();
  }
  const stream = db.stream(key);
  if (!stream) throw noSuchKey();
  if (stream.length > 0) {
    if (id < stream.lastLiveId) throw smaller('ID', 'target stream top item');
    if (added !== undefined && added < stream.length) {
      throw smaller('entries_added', 'target stream length');
    }
  }
  stream.lastId = id;
  if (added !== undefined) stream.added = added;
  if (maxDeletedId !== undefined && maxDeletedId !== ZERO_ID) stream.maxDeletedId = maxDeletedId;
  db.tell('xsetid', key);
  return OK;
}

function smaller(what: string, than: string): CommandError {
  return new CommandError(`ERR The ${what} specified in XSETID is smaller than the ${than}`);
}
