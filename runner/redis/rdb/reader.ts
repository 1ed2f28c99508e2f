import { crc64 } from './crc64';
import { Cursor } from './cursor';
import { diagnose, diagnoseHeader } from './diagnosis';
import { readLength, readString } from './encoding';
import type { RdbEntry } from './entry';
import { RdbError } from './error';
import { LIBRARY } from './functions';
import { skipEarlyFunction, skipLengths, skipModule } from './skip';
import { readValue } from './value';

/** The newest version whose every type and opcode is known here: that of Redis 7.4. */
const newestVersion = 12;

/** What an RDB file holds. */
export interface RdbContents {
  /** In the file's order, those that have expired included. */
  readonly entries: RdbEntry[];
  /** The codes of libraries of functions. */
  readonly libraries: Buffer[];
}

/** The keys of an RDB file, as {@link readRdbFile} reads them. @throws RdbError */
export function readRdb(bytes: Buffer): RdbEntry[] {
  return readRdbFile(bytes).entries;
}

/**
 * Reads an RDB file of version 1 to 12, and newer ones as far as they hold nothing new.
 * Modules' values are left out. The format is that of rdb.c and rdb.h in Redis.
 * @param bytes the whole file
 * @throws RdbError with the reason; nothing else, whatever the bytes are
 */
export function readRdbFile(bytes: Buffer): RdbContents {
  try {
    return parse(bytes);
  } catch (error) {
    throw error instanceof RdbError ? diagnose(bytes, error, isReadable) : error;
  }
}

/** The RDB version that a file's first 9 bytes claim. @throws RdbError where they are no such header */
export function readRdbVersion(bytes: Buffer): number {
  const version = /^REDIS(\d{4})/.exec(bytes.toString('latin1', 0, 9))?.[1];
  if (version === undefined) throw diagnoseHeader(bytes);
  return Number(version);
}

function parse(bytes: Buffer): RdbContents {
  const version = readRdbVersion(bytes);
  if (version < 1) throw new RdbError('damaged', 'claims RDB version 0, which does not exist');
  const cursor = new Cursor(bytes);
  cursor.take(9);
  try {
    const contents = readContents(cursor);
    if (version >= 5) verifyChecksum(cursor);
    return contents;
  } catch (error) {
    if (error instanceof RdbError && error.reason === 'damaged' && version > newestVersion) {
      throw new RdbError('version', `has RDB version ${version}, newer than the workbook can read`);
    }
    throw error;
  }
}

function readContents(cursor: Cursor): RdbContents {
  const entries: RdbEntry[] = [];
  const libraries: Buffer[] = [];
  let db = 0;
  let expiresAt: number | undefined;
  for (;;) {
    const opcode = cursor.byte();
    switch (opcode) {
      case 255: // the end
        return { entries, libraries };
      case 254: // SELECT
        db = readLength(cursor);
        break;
      case 253: // expires at, in seconds
        expiresAt = Number(cursor.int(4)) * 1000;
        break;
      case 252: // expires at, in ms
        expiresAt = Number(cursor.int(8));
        break;
      case 251: // how many keys, how many that expire
        skipLengths(cursor, 2);
        break;
      case 250: // a fact about the file
        readString(cursor);
        readString(cursor);
        break;
      case 249: // how often it is used
        cursor.byte();
        break;
      case 248: // how long it has been idle
        readLength(cursor);
        break;
      case 247: // a module's own data
        skipModule(cursor);
        break;
      case 246:
        skipEarlyFunction(cursor);
        break;
      case LIBRARY:
        cursor.limits.addItems(1);
        libraries.push(readString(cursor));
        break;
      case 244: // a cluster's slot
        skipLengths(cursor, 3);
        break;
      default: {
        cursor.limits.addItems(1);
        const key = readString(cursor);
        const value = readValue(cursor, opcode);
        if (value) entries.push({ db, key, value, ...(expiresAt !== undefined && { expiresAt }) });
        expiresAt = undefined;
      }
    }
  }
}

/** Zero stands for a server that is set not to compute it. */
function verifyChecksum(cursor: Cursor): void {
  const end = cursor.position;
  const written = cursor.take(8).readBigUInt64LE();
  if (written === 0n) return;
  if (written !== crc64(cursor.bytes.subarray(0, end))) {
    throw new RdbError('checksum', 'has a wrong checksum: some of its bytes were changed');
  }
}

function isReadable(bytes: Buffer): boolean {
  try {
    parse(bytes);
    return true;
  } catch {
    return false;
  }
}
