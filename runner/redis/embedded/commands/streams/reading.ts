import type { Engine } from '../../engine/engine';
import type { Session } from '../../engine/session';
import { array, bulk, type Reply } from '../../protocol/reply';
import type { Resp } from '../../protocol/resp';
import { MAX_ID, type StreamId, ZERO_ID } from '../../store/stream/id';
import { command } from '../command';
import { firstOf } from './entries';
import { entryReply, toId } from './ids';
import { onlyForGroups, type ReadWords, readWords } from './read-words';

/** XREAD, at once or when there is something. */
export const streamReads = [command('xread', -4, 'readonly blocking', read)];

function read(
  session: Session,
  words: readonly string[],
  _engine: Engine,
  typed: string,
): Reply | undefined {
  const { db, resp, host } = session;
  const request = readWords('xread', words, session.scripted ? typed : undefined);
  const after = new Map<string, StreamId>();
  const starts = request.streams.map(([key, given]) => {
    const stream = db.stream(key);
    if (given === '>') throw onlyForGroups();
    const start = given === '$' ? (stream?.lastId ?? ZERO_ID) : toId(given);
    if (!after.has(key)) after.set(key, start);
    return [key, start] as const;
  });
  const found = starts.flatMap(([key, start]) => {
    const entries = entriesAfter(session, key, start, request);
    return entries.length === 0 ? [] : [[key, entries] as const];
  });
  if (found.length > 0) return streamsReply(resp, found);
  if (request.block === undefined || !session.mayBlock) return resp.nilArray;
  const take = (key: string) => {
    const value = db.get(key);
    if (value === undefined || typeof value === 'string' || value.type !== 'stream') return;
    const start = after.get(key) ?? ZERO_ID;
    if (value.stream.lastId <= start) return undefined;
    return streamsReply(resp, [[key, entriesAfter(session, key, start, request)]]);
  };
  host.blocking.wait(
    session,
    { keys: [...after.keys()], take, nothing: resp.nilArray },
    request.block,
  );
  return undefined;
}

function entriesAfter(
  { db }: Session,
  key: string,
  start: StreamId,
  { count }: ReadWords,
): Reply[] {
  const stream = db.stream(key);
  if (!stream || start === MAX_ID) return [];
  return firstOf(stream.range(start + 1n, MAX_ID), count).map(entryReply);
}

/** Entries by the keys of their streams; under RESP2 in arrays of two. */
export function streamsReply(
  resp: Resp,
  streams: readonly (readonly [key: string, entries: readonly Reply[]])[],
): Reply {
  const entries = streams.map(([key, own]) => [bulk(key), array(own)] as const);
  return resp.version === 3 ? resp.map(entries) : array(entries.map(array));
}
