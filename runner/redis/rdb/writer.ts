import { crc64 } from './crc64';
import type { RdbEntry, RdbValue } from './entry';

/**
 * Writes an RDB file of version 9, in the plain encodings that Redis 5.0 and all later ones load.
 * An empty collection is left out, as Redis has none. The format is that of rdb.c in Redis.
 * @param entries keys unique in their database, members unique in their collection
 * @returns the whole file, checksum included; the same entries give the same bytes
 * @throws RangeError for a score that is NaN
 */
export function writeRdb(entries: Iterable<RdbEntry>): Buffer {
  const parts: Buffer[] = [Buffer.from('REDIS0009'), fact('redis-bits', '64')];
  for (const [db, keys] of byDatabase(entries)) {
    const expiring = keys.filter((entry) => entry.expiresAt !== undefined).length;
    parts.push(Buffer.of(254), length(db), Buffer.of(251), length(keys.length), length(expiring));
    for (const entry of keys) {
      if (entry.expiresAt !== undefined) parts.push(Buffer.of(252), int64(entry.expiresAt));
      parts.push(Buffer.of(typeNumbers[entry.value.type]), string(entry.key));
      parts.push(...valueParts(entry.value));
    }
  }
  parts.push(Buffer.of(255));
  const body = Buffer.concat(parts);
  const checksum = Buffer.alloc(8);
  checksum.writeBigUInt64LE(crc64(body));
  return Buffer.concat([body, checksum]);
}

const typeNumbers = { string: 0, list: 1, set: 2, hash: 4, zset: 5 } as const;

function byDatabase(entries: Iterable<RdbEntry>): [number, RdbEntry[]][] {
  const databases = new Map<number, RdbEntry[]>();
  for (const entry of entries) {
    if (isEmpty(entry.value)) continue;
    const keys = databases.get(entry.db);
    if (keys) keys.push(entry);
    else databases.set(entry.db, [entry]);
  }
  return [...databases].sort(([a], [b]) => a - b);
}

function isEmpty(value: RdbValue): boolean {
  switch (value.type) {
    case 'string':
      return false;
    case 'list':
      return value.items.length === 0;
    case 'hash':
      return value.fields.length === 0;
    default:
      return value.members.length === 0;
  }
}

function valueParts(value: RdbValue): Buffer[] {
  switch (value.type) {
    case 'string':
      return [string(value.value)];
    case 'list':
      return [length(value.items.length), ...value.items.map(string)];
    case 'set':
      return [length(value.members.length), ...value.members.map(string)];
    case 'hash':
      return [length(value.fields.length), ...value.fields.flat().map(string)];
    case 'zset': {
      const members = value.members.flatMap(({ member, score }) => [string(member), double(score)]);
      return [length(value.members.length), ...members];
    }
  }
}

function fact(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.of(250), string(Buffer.from(name)), string(Buffer.from(value))]);
}

function string(bytes: Buffer): Buffer {
  return Buffer.concat([length(bytes.length), bytes]);
}

/** A length in one, two or five bytes, big-endian, by its size. */
function length(count: number): Buffer {
  if (count < 64) return Buffer.of(count);
  if (count < 16384) return Buffer.of(64 | (count >> 8), count & 0xff);
  const bytes = Buffer.alloc(5);
  bytes[0] = 0x80;
  bytes.writeUInt32BE(count, 1);
  return bytes;
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(Math.trunc(value)));
  return bytes;
}

function double(score: number): Buffer {
  if (Number.isNaN(score)) throw new RangeError('A score cannot be NaN.');
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(score);
  return bytes;
}
