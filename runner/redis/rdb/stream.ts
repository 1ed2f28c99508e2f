import type { Cursor } from './cursor';
import { readLength, readNumber, readString } from './encoding';
import type { RdbGroup, RdbStream, RdbStreamNode } from './entry';
import { RdbError } from './error';
import { readListpack } from './packed';

/** Set in an entry's flags: it is gone; it has the first one's fields, which are left out. */
const DELETED = 1;
const SAME_FIELDS = 2;
/** What stands for a number of entries read that is not known. */
const UNKNOWN = 2n ** 64n - 1n;

/**
 * A stream: its entries in listpacks, its ids, its consumer groups.
 * @param type 15 (Redis 5), 19 (7.0) or 21 (7.2): each wrote a little more
 * @throws RdbError
 */
export function readStream(cursor: Cursor, type: number): RdbStream {
  const nodes = times(cursor, () => readNode(cursor));
  const ids = nodes.flatMap(({ entries }) => entries.map(({ id }) => id));
  if (ids.some((id, at) => at > 0 && id <= (ids[at - 1] ?? id))) throw damaged();
  const length = readNumber(cursor);
  const lastId = readId(cursor);
  if (type === 15) {
    const groups = times(cursor, () => readGroup(cursor, type));
    return { type: 'stream', nodes, lastId, maxDeletedId: 0n, added: length, groups };
  }
  readId(cursor); // the first entry's
  const maxDeletedId = readId(cursor);
  const added = readNumber(cursor);
  const groups = times(cursor, () => readGroup(cursor, type));
  return { type: 'stream', nodes, lastId, maxDeletedId, added, groups };
}

function readNode(cursor: Cursor): RdbStreamNode {
  const key = readString(cursor);
  if (key.length !== 16) throw damaged();
  const id = cursor.over(key).uint64BigEndian();
  const first = join(id, key.readBigUInt64BE(8));
  const elements = new Elements(readListpack(cursor, readString(cursor)));
  const count = elements.integer() + elements.integer();
  const names = elements.take(elements.integer());
  elements.integer(); // a zero behind the first entry's fields
  const entries: RdbStreamNode['entries'] = [];
  while (elements.left > 0) {
    const flags = elements.integer();
    const entryId = join(
      BigInt.asUintN(64, (first >> 64n) + elements.number()),
      BigInt.asUintN(64, first + elements.number()),
    );
    const fields =
      (flags & SAME_FIELDS) === 0
        ? elements.take(2 * elements.integer())
        : names.flatMap((name) => [name, ...elements.take(1)]);
    elements.integer(); // how many elements it took, for reading backwards
    entries.push({ id: entryId, fields, deleted: (flags & DELETED) !== 0 });
  }
  if (entries.length !== count || count === 0) throw damaged();
  return { id: first, names, entries };
}

function readGroup(cursor: Cursor, type: number): RdbGroup {
  const name = readString(cursor);
  const lastId = readId(cursor);
  const read = type === 15 ? undefined : readNumber(cursor);
  const pending = times(cursor, () => {
    const id = readRawId(cursor);
    return { id, deliveredAt: Number(cursor.int(8)), count: readLength(cursor) };
  });
  const known = new Set(pending.map(({ id }) => id));
  const consumers = times(cursor, () => {
    const consumer = { name: readString(cursor), seenAt: Number(cursor.int(8)) };
    if (type === 21) cursor.take(8); // when it was given an entry
    const own = times(cursor, () => readRawId(cursor));
    // Each entry is pending for one consumer alone.
    if (!own.every((id) => known.delete(id))) throw damaged();
    return { ...consumer, pending: own };
  });
  if (known.size > 0) throw damaged();
  const group = { name, lastId, pending, consumers };
  return read === undefined ? group : { ...group, read: read === UNKNOWN ? null : read };
}

/** What a listpack holds, one after the other. */
class Elements {
  #at = 0;

  constructor(readonly all: readonly Buffer[]) {}

  get left(): number {
    return this.all.length - this.#at;
  }

  take(count: number): Buffer[] {
    if (!(count >= 0 && count <= this.left)) throw damaged();
    this.#at += count;
    return this.all.slice(this.#at - count, this.#at);
  }

  integer(): number {
    return Number(this.number());
  }

  number(): bigint {
    const [element] = this.take(1);
    const digits = element?.toString('latin1') ?? '';
    if (!/^-?\d{1,20}$/.test(digits)) throw damaged();
    return BigInt(digits);
  }
}

function readId(cursor: Cursor): bigint {
  const ms = readNumber(cursor);
  return join(ms, readNumber(cursor));
}

function readRawId(cursor: Cursor): bigint {
  const ms = cursor.uint64BigEndian();
  return join(ms, cursor.uint64BigEndian());
}

function join(ms: bigint, number: bigint): bigint {
  return (ms << 64n) | number;
}

function times<Item>(cursor: Cursor, read: () => Item): Item[] {
  const count = cursor.expect(readLength(cursor));
  return Array.from({ length: count }, read);
}

const damaged = () => new RdbError('damaged', 'has a stream that does not add up');
