import { CommandError, noSuchKey } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { array, bulk, integer, type Reply } from '../../protocol/reply';
import type { Resp } from '../../protocol/resp';
import type { Consumer, Group } from '../../store/stream/group';
import { formatId, MAX_ID, ZERO_ID } from '../../store/stream/id';
import type { StreamEntry } from '../../store/stream/node';
import { lagOf } from '../../store/stream/progress';
import { treeSize } from '../../store/stream/radix-tree';
import type { Stream } from '../../store/stream/stream';
import { command, family } from '../command';
import { firstOf } from './entries';
import { entryReply } from './ids';

type Words = [key: string, ...words: string[]];
type Field = readonly [name: string, value: Reply];

/** Entries and pending ones that FULL shows without COUNT. */
const SHOWN = 10;

/** XINFO: a stream, its groups and their consumers. */
export const streamInfo = family('xinfo', [
  command('xinfo|stream', -3, 'readonly', (session, [key, ...words]: Words) => {
    const { db, resp } = session;
    const stream = db.stream(key);
    if (!stream) throw noSuchKey();
    if (words.length === 0) return fields(resp, [...head(stream), ...edges(resp, stream)]);
    return full(resp, stream, toShown(words));
  }),
  command('xinfo|groups', 3, 'readonly', ({ db, resp }, [key]: Words) => {
    const stream = db.stream(key);
    if (!stream) throw noSuchKey();
    return array(
      byName(stream).map(([name, group]) =>
        fields(resp, [
          ['name', bulk(name)],
          ['consumers', integer(group.size)],
          ['pending', integer(group.pending.size)],
          ...progress(resp, stream, group),
        ]),
      ),
    );
  }),
  command('xinfo|consumers', 4, 'readonly', ({ db, resp }, [key, name = '']: Words) => {
    const stream = db.stream(key);
    if (!stream) throw noSuchKey();
    const group = stream.groups.get(name);
    if (!group) {
      throw new CommandError(`NOGROUP No such consumer group '${name}' for key name '${key}'`);
    }
    return array(
      group.consumers.map((consumer) =>
        fields(resp, [
          ['name', bulk(consumer.name)],
          ['pending', integer(consumer.pending.size)],
          ['idle', integer(Math.max(0, Date.now() - consumer.seenAt))],
        ]),
      ),
    );
  }),
]);

function fields(resp: Resp, all: readonly Field[]): Reply {
  return resp.map(all.map(([name, value]) => [bulk(name), value]));
}

function head(stream: Stream): Field[] {
  const { nodes, length, lastId, maxDeletedId, added, firstId } = stream;
  return [
    ['length', integer(length)],
    ['radix-tree-keys', integer(nodes.length)],
    ['radix-tree-nodes', integer(treeSize(nodes.map(({ id }) => id)))],
    ['last-generated-id', bulk(formatId(lastId))],
    ['max-deleted-entry-id', bulk(formatId(maxDeletedId))],
    ['entries-added', counter(added)],
    ['recorded-first-entry-id', bulk(formatId(firstId))],
  ];
}

function edges(resp: Resp, stream: Stream): Field[] {
  const reply = ([entry]: readonly StreamEntry[]) => (entry ? entryReply(entry) : resp.nil);
  return [
    ['groups', integer(stream.groups.size)],
    ['first-entry', reply(firstOf(stream.range(ZERO_ID, MAX_ID), 1))],
    ['last-entry', reply(firstOf(stream.reverse(MAX_ID, ZERO_ID), 1))],
  ];
}

/** @param most entries, and pending ones, to show of each */
function full(resp: Resp, stream: Stream, most: number): Reply {
  const entries = firstOf(stream.range(ZERO_ID, MAX_ID), most);
  const groups = byName(stream).map(([name, group]) =>
    fields(resp, [
      ['name', bulk(name)],
      ...progress(resp, stream, group),
      ['pel-count', integer(group.pending.size)],
      ['pending', pendingReply(group, most, true)],
      ['consumers', array(group.consumers.map((consumer) => fullConsumer(resp, consumer, most)))],
    ]),
  );
  return fields(resp, [
    ...head(stream),
    ['entries', array(entries.map(entryReply))],
    ['groups', array(groups)],
  ]);
}

function fullConsumer(resp: Resp, consumer: Consumer, most: number): Reply {
  return fields(resp, [
    ['name', bulk(consumer.name)],
    ['seen-time', integer(consumer.seenAt)],
    ['pel-count', integer(consumer.pending.size)],
    ['pending', pendingReply(consumer, most, false)],
  ]);
}

function progress(resp: Resp, stream: Stream, group: Group): Field[] {
  const lag = lagOf(stream, group);
  return [
    ['last-delivered-id', bulk(formatId(group.lastId))],
    ['entries-read', group.read === undefined ? resp.nil : counter(group.read)],
    ['lag', lag === undefined ? resp.nil : counter(lag)],
  ];
}

/** Counters have 64 bits, and are shown with a sign. */
function counter(value: bigint): Reply {
  return integer(BigInt.asIntN(64, value));
}

function pendingReply({ pending }: Group | Consumer, most: number, named: boolean): Reply {
  const rows: Reply[] = [];
  for (const [id, { consumer, deliveredAt, count }] of pending) {
    if (rows.length === most) break;
    const name = named ? [bulk(consumer.name)] : [];
    rows.push(array([bulk(formatId(id)), ...name, integer(deliveredAt), integer(count)]));
  }
  return array(rows);
}

/** FULL, and COUNT where 0 is all, which here is -1. @throws CommandError */
function toShown([full, count, value, ...more]: readonly string[]): number {
  const fits = full?.toLowerCase() === 'full' && more.length === 0;
  if (fits && count === undefined) return SHOWN;
  if (fits && count?.toLowerCase() === 'count' && value !== undefined) {
    const given = toInteger(value);
    return given === 0 ? -1 : given < 0 ? SHOWN : given;
  }
  throw new CommandError(
    "ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP.",
  );
}

function byName({ groups }: Stream): [string, Group][] {
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}
