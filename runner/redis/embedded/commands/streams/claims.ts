import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { isInteger, toInteger } from '../../protocol/numbers';
import { array, bulk, bulks, type Reply } from '../../protocol/reply';
import { formatId, type StreamId, ZERO_ID } from '../../store/stream/id';
import type { Stream } from '../../store/stream/stream';
import { command } from '../command';
import { meetConsumer } from './consumer';
import { entryReply, toId, toStart } from './ids';
import { noGroup, requireGroup } from './pending';

type Words = [key: string, group: string, consumer: string, idle: string, ...words: string[]];

/** Entries that XAUTOCLAIM looks at for each that it may claim. */
const LOOKS = 10;
/** Fewer ids than that fit into the largest memory that there could be. */
const MAX_COUNT = 2 ** 59;

/** XCLAIM and XAUTOCLAIM: taking over what others did not acknowledge. */
export const streamClaims = [
  command('xclaim', -6, 'write fast', claim),
  command('xautoclaim', -6, 'write fast', claimAny),
];

function claim(session: Session, [key, name, by, idle, ...words]: Words): Reply {
  const group = requireGroup(session, key, name);
  const stream = session.db.stream(key);
  const minIdle = Math.max(0, toTime(idle, 'min-idle-time', 'XCLAIM'));
  const ids = leadingIds(words);
  const now = Date.now();
  const options = claimOptions(words.slice(ids.length), now);
  if (options.lastId > group.lastId) group.lastId = options.lastId;
  const replies: Reply[] = [];
  for (const id of ids) {
    const known = group.pending.get(id);
    const entry = stream?.get(id);
    if (!entry) group.release(id);
    else if (known ? minIdle === 0 || now - known.deliveredAt >= minIdle : options.force) {
      const pending = group.assign(id, meetConsumer(session.db, key, group, by));
      pending.deliveredAt = options.deliveredAt;
      if (options.count !== undefined) pending.count = options.count;
      else if (!options.justId) pending.count += 1;
      replies.push(options.justId ? bulk(formatId(id)) : entryReply(entry));
    }
  }
  return array(replies);
}

/** The words up to the first that is no id, of which the first must be one. @throws CommandError */
function leadingIds(words: readonly string[]): StreamId[] {
  const ids: StreamId[] = [];
  for (const word of words) {
    try {
      ids.push(toId(word));
    } catch {
      break;
    }
  }
  return ids;
}

function claimOptions(words: readonly string[], now: number) {
  let [justId, force] = [false, false];
  let count: number | undefined;
  let deliveredAt = now;
  let lastId = ZERO_ID;
  for (let at = 0; at < words.length; at += 1) {
    const given = words[at] ?? '';
    const word = given.toLowerCase();
    const value = words[at + 1];
    if (word === 'force') force = true;
    else if (word === 'justid') justId = true;
    else if (word === 'idle' && value !== undefined) {
      deliveredAt = now - toTime(value, 'IDLE option', 'XCLAIM');
      at += 1;
    } else if (word === 'time' && value !== undefined) {
      deliveredAt = toTime(value, 'TIME option', 'XCLAIM');
      at += 1;
    } else if (word === 'retrycount' && value !== undefined) {
      count = toTime(value, 'RETRYCOUNT option', 'XCLAIM');
      at += 1;
    } else if (word === 'lastid' && value !== undefined) {
      lastId = toId(value);
      at += 1;
    } else throw new CommandError(`ERR Unrecognized XCLAIM option '${given}'`);
  }
  if (deliveredAt < 0 || deliveredAt > now) deliveredAt = now;
  return {
    justId,
    force,
    count: count !== undefined && count >= 0 ? count : undefined,
    deliveredAt,
    lastId,
  };
}

function claimAny(session: Session, [key, name, by, idle, ...words]: Words): Reply {
  // Looked up before the words are read: a key that is not there is told of even then.
  const isThere = session.db.has(key);
  const minIdle = Math.max(0, toTime(idle, 'min-idle-time', 'XAUTOCLAIM'));
  const start = toStart(words[0] ?? '');
  const { count, justId } = autoOptions(words.slice(1));
  if (!isThere) throw noGroup(key, name);
  const group = requireGroup(session, key, name);
  const stream: Stream | undefined = session.db.stream(key);
  const now = Date.now();
  const deleted: StreamId[] = [];
  const claimed: Reply[] = [];
  let looks = count * LOOKS;
  let next = ZERO_ID;
  const seen: StreamId[] = [];
  for (const [id, pending] of group.pending.from(start)) {
    if (looks === 0 || claimed.length + deleted.length === count) {
      next = id;
      break;
    }
    looks -= 1;
    const entry = stream?.get(id);
    if (!entry) deleted.push(id);
    else if (minIdle === 0 || now - pending.deliveredAt >= minIdle) {
      seen.push(id);
      pending.deliveredAt = now;
      if (!justId) pending.count += 1;
      claimed.push(justId ? bulk(formatId(id)) : entryReply(entry));
    }
  }
  for (const id of seen) group.assign(id, meetConsumer(session.db, key, group, by));
  for (const id of deleted) group.release(id);
  return array([bulk(formatId(next)), array(claimed), bulks(deleted.map(formatId))]);
}

function autoOptions(words: readonly string[]) {
  let count = 100;
  let justId = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const value = words[at + 1];
    if (word === 'count' && value !== undefined) {
      const unfit = () => new CommandError('ERR COUNT must be > 0');
      count = toInteger(value, unfit);
      if (count < 1 || count >= MAX_COUNT) throw unfit();
      at += 1;
    } else if (word === 'justid') justId = true;
    else throw syntaxError();
  }
  return { count, justId };
}

function toTime(text: string, what: string, command: string): number {
  if (isInteger(text)) return Number(text);
  throw new CommandError(`ERR Invalid ${what} argument for ${command}`);
}
