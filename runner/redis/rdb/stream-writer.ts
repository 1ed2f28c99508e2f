import type { RdbGroup, RdbStream, RdbStreamNode } from './entry';
import { writeListpack } from './listpack-writer';
import { int64, length, number, string as plain } from './pieces';

/**
 * What a stream is made of, in the form of Redis 7.0.
 * @param string writes one string
 */
export function streamPieces(stream: RdbStream, string = plain): Buffer[] {
  const { nodes, lastId, maxDeletedId, added, groups } = stream;
  const live = nodes.flatMap(({ entries }) => entries.filter(({ deleted }) => !deleted));
  return [
    length(nodes.length),
    ...nodes.flatMap((node) => [string(rawId(node.id)), string(writeListpack(packed(node)))]),
    length(live.length),
    ...[lastId, live[0]?.id ?? 0n, maxDeletedId].flatMap(halves).map(number),
    number(added),
    length(groups.length),
    ...groups.flatMap((group) => groupPieces(group, string)),
  ];
}

/** A node as the elements of its listpack: the first entry's fields, then every entry. */
function packed({ id, names, entries }: RdbStreamNode): string[] {
  const deleted = entries.filter((entry) => entry.deleted).length;
  const fields = names.map(text);
  const head = [entries.length - deleted, deleted, fields.length].map(String);
  const [ms, sequence] = halves(id);
  const rows = entries.flatMap((entry) => {
    const words = entry.fields.map(text);
    const alike =
      words.length === 2 * fields.length && fields.every((name, at) => words[2 * at] === name);
    const own = alike
      ? words.filter((_, at) => at % 2 === 1)
      : [String(words.length / 2), ...words];
    const [entryMs, entrySequence] = halves(entry.id);
    const flags = (entry.deleted ? 1 : 0) + (alike ? 2 : 0);
    const distance = [entryMs - ms, entrySequence - sequence].map((one) => BigInt.asIntN(64, one));
    return [String(flags), ...distance.map(String), ...own, String(own.length + 3)];
  });
  return [...head, ...fields, '0', ...rows];
}

function groupPieces(
  { name, lastId, read, pending, consumers }: RdbGroup,
  string: typeof plain,
): Buffer[] {
  return [
    string(name),
    ...[...halves(lastId), BigInt.asUintN(64, read ?? -1n)].map(number),
    length(pending.length),
    ...pending.flatMap(({ id, deliveredAt, count }) => [
      rawId(id),
      int64(deliveredAt),
      number(BigInt(count)),
    ]),
    length(consumers.length),
    ...consumers.flatMap((consumer) => [
      string(consumer.name),
      int64(consumer.seenAt),
      length(consumer.pending.length),
      ...consumer.pending.map(rawId),
    ]),
  ];
}

function halves(id: bigint): [ms: bigint, number: bigint] {
  return [id >> 64n, BigInt.asUintN(64, id)];
}

/** In 16 bytes, big-endian, so that ids are in the order of their bytes. */
function rawId(id: bigint): Buffer {
  return Buffer.from(id.toString(16).padStart(32, '0'), 'hex');
}

function text(bytes: Buffer): string {
  return bytes.toString('latin1');
}
