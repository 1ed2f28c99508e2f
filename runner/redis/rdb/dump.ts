import { crc64 } from './crc64';
import { Cursor } from './cursor';
import type { RdbValue } from './entry';
import { RdbError } from './error';
import { readValue } from './value';

/** The version of the format that Redis 7.0 writes, and the last type of value that it knows. */
const VERSION = 10;
const LAST_TYPE = 19;
/** Two bytes of version and eight of checksum. */
const FOOTER = 10;

/** A value as DUMP gives it: its type and itself, then the version and the checksum. */
export function writeDump(value: Buffer): Buffer {
  const version = Buffer.of(VERSION & 0xff, VERSION >> 8);
  const body = Buffer.concat([value, version]);
  const checksum = Buffer.alloc(8);
  checksum.writeBigUInt64LE(crc64(body));
  return Buffer.concat([body, checksum]);
}

/** Whether the bytes end as those of DUMP do, in a version that Redis 7.0 reads. */
export function isWholeDump(bytes: Buffer): boolean {
  if (bytes.length < FOOTER || bytes.readUInt16LE(bytes.length - FOOTER) > VERSION) return false;
  return bytes.readBigUInt64LE(bytes.length - 8) === crc64(bytes.subarray(0, -8));
}

/**
 * The value in the bytes of DUMP, their end looked at already.
 * @throws RdbError where there is none, or one that Redis 7.0 does not know
 */
export function readDump(bytes: Buffer): RdbValue {
  // As in Redis, a value that is cut off goes on with what stands behind it.
  const cursor = new Cursor(bytes);
  const type = cursor.byte();
  const value = type <= LAST_TYPE ? readValue(cursor, type) : null;
  if (!value) throw new RdbError('unsupported', 'holds a value of a type that is not known');
  return value;
}
