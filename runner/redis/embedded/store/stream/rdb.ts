import type { RdbGroup, RdbStream } from '../../../rdb/entry';
import { Group } from './group';
import { StreamNode } from './node';
import { countUpTo } from './progress';
import { Stream } from './stream';

/** A stream as the RDB file has it. */
export function streamToRdb(stream: Stream): RdbStream {
  const { lastId, maxDeletedId, added } = stream;
  const nodes = stream.nodes.map(({ id, names, entries }) => ({
    id,
    names: names.map(bytes),
    entries: entries.map((entry) => ({ ...entry, fields: entry.fields.map(bytes) })),
  }));
  const groups = Array.from(stream.groups, ([name, group]) => groupToRdb(name, group));
  return { type: 'stream', nodes, lastId, maxDeletedId, added, groups };
}

/** The other way round. */
export function streamFromRdb(saved: RdbStream): Stream {
  const stream = new Stream();
  for (const { id, names, entries } of saved.nodes) {
    const node = new StreamNode(id, names.map(text));
    for (const entry of entries) node.add({ ...entry, fields: entry.fields.map(text) });
    stream.addNode(node);
  }
  stream.lastId = saved.lastId;
  stream.maxDeletedId = saved.maxDeletedId;
  stream.added = saved.added;
  for (const group of saved.groups) {
    stream.groups.set(text(group.name), groupFromRdb(stream, group));
  }
  return stream;
}

function groupToRdb(name: string, group: Group): RdbGroup {
  return {
    name: bytes(name),
    lastId: group.lastId,
    read: group.read ?? null,
    pending: Array.from(group.pending, ([id, { deliveredAt, count }]) => ({
      id,
      deliveredAt,
      count,
    })),
    consumers: group.consumers.map((consumer) => ({
      name: bytes(consumer.name),
      seenAt: consumer.seenAt,
      pending: Array.from(consumer.pending, ([id]) => id),
    })),
  };
}

function groupFromRdb(stream: Stream, saved: RdbGroup): Group {
  // A file of Redis 5 or 6 does not say how far the group is, so it is worked out.
  const read = saved.read === undefined ? countUpTo(stream, saved.lastId) : saved.read;
  const group = new Group(saved.lastId, read ?? undefined);
  const pending = new Map(saved.pending.map((one) => [one.id, one]));
  for (const { name, seenAt, pending: ids } of saved.consumers) {
    const consumer = group.meet(text(name), seenAt);
    for (const id of ids) {
      const { deliveredAt = 0, count = 1 } = pending.get(id) ?? {};
      Object.assign(group.assign(id, consumer), { deliveredAt, count });
    }
  }
  return group;
}

function bytes(latin1: string): Buffer {
  return Buffer.from(latin1, 'latin1');
}

function text(binary: Buffer): string {
  return binary.toString('latin1');
}
