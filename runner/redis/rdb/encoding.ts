import type { Cursor } from './cursor';
import { RdbError } from './error';
import { lzfDecompress } from './lzf';

// The two top bits of the first byte say how a length is written ("length encoding" in the RDB
// format); 11 announces a specially encoded string in its place.

/** A length or a count. Exact up to 2^53, which no file reaches. @throws RdbError */
export function readLength(cursor: Cursor): number {
  const first = cursor.byte();
  if (first >> 6 === 3) throw new RdbError('damaged', 'has a string where a number must be');
  return lengthAfter(cursor, first);
}

/** A number of up to 64 bits, as streams have them, written as a length is. @throws RdbError */
export function readNumber(cursor: Cursor): bigint {
  const [first] = cursor.bytes.subarray(cursor.position);
  if (first !== 0x81) return BigInt(readLength(cursor));
  cursor.byte();
  return cursor.uint64BigEndian();
}

/** A string, as bytes: plain, an integer, or compressed. @throws RdbError */
export function readString(cursor: Cursor): Buffer {
  const first = cursor.byte();
  if (first >> 6 !== 3) return cursor.take(lengthAfter(cursor, first));
  switch (first & 0x3f) {
    case 0:
      return Buffer.from(String(cursor.int(1)));
    case 1:
      return Buffer.from(String(cursor.int(2)));
    case 2:
      return Buffer.from(String(cursor.int(4)));
    case 3: {
      const packed = readLength(cursor);
      const length = readLength(cursor);
      const bytes = cursor.take(packed);
      cursor.limits.addBytes(length);
      return lzfDecompress(bytes, length);
    }
    default:
      throw new RdbError('damaged', 'has a string in an encoding that does not exist');
  }
}

/** A sorted set's score in the old form: its length, then its digits. @throws RdbError */
export function readTextDouble(cursor: Cursor): number {
  const length = cursor.byte();
  if (length === 253) return Number.NaN;
  if (length === 254) return Number.POSITIVE_INFINITY;
  if (length === 255) return Number.NEGATIVE_INFINITY;
  return parseDouble(cursor.take(length));
}

/**
 * A double as Redis writes it in text.
 * @throws RdbError where it is none
 */
export function parseDouble(digits: Buffer): number {
  const text = digits.toString('latin1');
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const value = /^[\s+-]?[\d.]/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new RdbError('damaged', 'has a score that is not a number');
  return value;
}

function lengthAfter(cursor: Cursor, first: number): number {
  switch (first >> 6) {
    case 0:
      return first & 0x3f;
    case 1:
      return ((first & 0x3f) << 8) | cursor.byte();
    default:
      if (first === 0x80) return cursor.uint32BigEndian();
      if (first === 0x81) return Number(cursor.uint64BigEndian());
      throw new RdbError('damaged', 'has a length in an encoding that does not exist');
  }
}
