import { crc64 } from './crc64';
import type { RdbEntry, RdbValue } from './entry';
import { libraryPieces } from './functions';
import { double, int64, length, string } from './pieces';
import { streamPieces } from './stream-writer';

/**
 * Writes an RDB file of version 9, in the plain encodings that Redis 5.0 and all later ones load; of
 * version 10, Redis 7.0's, where it holds a stream, which that keeps with all that is known of it, or
 * a library of functions, which none before it has.
 * An empty collection is left out, as Redis has none. The format is that of rdb.c in Redis.
 * @param entries keys unique in their database, members unique in their collection
 * @param libraries the codes of libraries of functions
 * @returns the whole file, checksum included; the same entries give the same bytes
 * @throws RangeError for a score that is NaN
 */
export function writeRdb(entries: Iterable<RdbEntry>, libraries: readonly Buffer[] = []): Buffer {
  const databases = byDatabase(entries);
  const hasStream = databases.some(([, keys]) => keys.some(({ value }) => value.type === 'stream'));
  const header = hasStream || libraries.length > 0 ? 'REDIS0010' : 'REDIS0009';
  const parts: Buffer[] = [Buffer.from(header), fact('redis-bits', '64'), libraryPieces(libraries)];
  for (const [db, keys] of databases) {
    const expiring = keys.filter((entry) => entry.expiresAt !== undefined).length;
    parts.push(Buffer.of(254), length(db), Buffer.of(251), length(keys.length), length(expiring));
    for (const entry of keys) {
      if (entry.expiresAt !== undefined) parts.push(Buffer.of(252), int64(entry.expiresAt));
      const [type, ...value] = valueParts(entry.value);
      parts.push(type, string(entry.key), ...value);
    }
  }
  parts.push(Buffer.of(255));
  const body = Buffer.concat(parts);
  const checksum = Buffer.alloc(8);
  checksum.writeBigUInt64LE(crc64(body));
  return Buffer.concat([body, checksum]);
}

/** A value as DUMP has it: its type's number in one byte, then the value. */
export function writeValue(value: RdbValue): Buffer {
  return Buffer.concat(valueParts(value));
}

const typeNumbers = { string: 0, list: 1, set: 2, hash: 4, zset: 5, stream: 19 } as const;

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
    case 'stream':
      return false; // as Redis has it too
    default:
      return value.members.length === 0;
  }
}

/** The type's number, then what the value is made of. */
function valueParts(value: RdbValue): [type: Buffer, ...pieces: Buffer[]] {
  return [Buffer.of(typeNumbers[value.type]), ...pieces(value)];
}

function pieces(value: RdbValue): Buffer[] {
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
    case 'stream':
      return streamPieces(value);
  }
}

function fact(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.of(250), string(Buffer.from(name)), string(Buffer.from(value))]);
}
