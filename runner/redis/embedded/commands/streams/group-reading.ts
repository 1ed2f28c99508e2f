import type { Engine } from '../../engine/engine';
import type { Session } from '../../engine/session';
import { CommandError } from '../../protocol/command-error';
import { array, bulk, bulks, error, type Reply } from '../../protocol/reply';
import type { Consumer, Group } from '../../store/stream/group';
import { formatId, MAX_ID, type StreamId } from '../../store/stream/id';
import type { StreamEntry } from '../../store/stream/node';
import { advance } from '../../store/stream/progress';
import type { Stream } from '../../store/stream/stream';
import { command } from '../command';
import { meetConsumer } from './consumer';
import { firstOf } from './entries';
import { entryReply, toId } from './ids';
import { type ReadWords, readWords } from './read-words';
import { streamsReply } from './reading';

/** XREADGROUP: new entries for a consumer, or those that it was given before. */
export const streamGroupReads = command('xreadgroup', -7, 'write blocking', read);

/** A stream to read: new entries where `after` is absent, else the consumer's pending ones. */
interface Source {
  readonly key: string;
  readonly stream: Stream;
  readonly group: Group;
  readonly after: StreamId | undefined;
}

function read(
  session: Session,
  words: readonly string[],
  _engine: Engine,
  typed: string,
): Reply | undefined {
  const { db, resp, host } = session;
  const request = readWords('xreadgroup', words, session.scripted ? typed : undefined);
  const [groupName, consumerName] = request.group ?? ['', ''];
  const sources = request.streams.map(([key, given]) =>
    toSource(key, db.stream(key), groupName, given),
  );
  const found: [string, Reply[]][] = [];
  for (const { key, stream, group, after } of sources) {
    if (after !== undefined) {
      const consumer = meetConsumer(db, key, group, consumerName);
      found.push([key, readAgain(session, stream, consumer, after, request.count)]);
    } else if (stream.lastLiveId > group.lastId) {
      found.push([
        key,
        readNew(stream, group, meetConsumer(db, key, group, consumerName), request),
      ]);
    }
  }
  if (found.length > 0) return streamsReply(resp, found);
  if (request.block === undefined || !session.mayBlock) return resp.nilArray;
  const keys = sources.map(({ key }) => key);
  const take = (key: string) => {
    const stream = db.stream(key);
    const group = stream?.groups.get(groupName);
    if (!stream || !group || stream.lastId <= group.lastId) return undefined;
    return streamsReply(resp, [
      [key, readNew(stream, group, meetConsumer(db, key, group, consumerName), request)],
    ]);
  };
  const lost = (key: string) => whyLost(session, key, groupName);
  host.blocking.wait(session, { keys, take, lost, nothing: resp.nilArray }, request.block);
  return undefined;
}

function toSource(key: string, stream: Stream | undefined, name: string, given: string): Source {
  const group = stream?.groups.get(name);
  if (!stream || !group) {
    throw new CommandError(
      `NOGROUP No such key '${key}' or consumer group '${name}' in XREADGROUP with GROUP option`,
    );
  }
  if (given === '$') {
    throw new CommandError(
      'ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.',
    );
  }
  // The highest id is what `>` stands for.
  const after = given === '>' ? MAX_ID : toId(given);
  return { key, stream, group, after: after === MAX_ID ? undefined : after };
}

function readNew(
  stream: Stream,
  group: Group,
  consumer: Consumer,
  { count, noAck }: ReadWords,
): Reply[] {
  const entries = firstOf(stream.range(group.lastId + 1n, MAX_ID), count);
  for (const { id } of entries) {
    advance(stream, group, id);
    if (!noAck) group.deliver(id, consumer);
  }
  return entries.map(entryReply);
}

/** What the consumer was given and did not acknowledge; of deleted entries there is only the id. */
function readAgain(
  { resp }: Session,
  stream: Stream,
  consumer: Consumer,
  after: StreamId,
  count: number,
): Reply[] {
  const replies: Reply[] = [];
  const now = Date.now();
  for (const [id, pending] of consumer.pending.from(after + 1n)) {
    if (replies.length === count) break;
    const entry: StreamEntry | undefined = stream.get(id);
    if (entry) {
      pending.deliveredAt = now;
      pending.count += 1;
    }
    replies.push(array([bulk(formatId(id)), entry ? bulks(entry.fields) : resp.nilArray]));
  }
  return replies;
}

function whyLost({ db }: Session, key: string, name: string): Reply | undefined {
  const value = db.get(key);
  if (value === undefined || typeof value === 'string' || value.type !== 'stream') {
    return error('UNBLOCKED the stream key no longer exists');
  }
  if (value.stream.groups.has(name)) return undefined;
  return error('NOGROUP the consumer group this client was blocked on no longer exists');
}
