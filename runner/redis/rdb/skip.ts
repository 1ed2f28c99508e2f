import type { Cursor } from './cursor';
import { readLength, readString } from './encoding';
import { RdbError } from './error';

// What the workbook has no use for is read past, so that the keys behind it are seen.

/**
 * A stream: its entries in listpacks, its ids, its consumer groups.
 * @param type 15 (Redis 5), 19 (7.0) or 21 (7.2): each wrote a little more
 * @throws RdbError
 */
export function skipStream(cursor: Cursor, type: number): void {
  repeat(cursor, () => {
    readString(cursor);
    readString(cursor);
  });
  skipLengths(cursor, type === 15 ? 3 : 8); // length, last id; then first id, last deleted, added
  repeat(cursor, () => {
    readString(cursor); // the group's name
    skipLengths(cursor, type === 15 ? 2 : 3); // its last id; entries read
    repeat(cursor, () => {
      cursor.take(16 + 8); // an id not acknowledged, when it was delivered
      readLength(cursor); // how often
    });
    repeat(cursor, () => {
      readString(cursor); // the consumer's name
      cursor.take(type === 21 ? 16 : 8); // when it was seen; when it was active
      repeat(cursor, () => cursor.take(16));
    });
  });
}

/** A module's value: its id, then parts that each say what they are, up to a zero. @throws RdbError */
export function skipModule(cursor: Cursor): void {
  readLength(cursor);
  for (;;) {
    switch (readLength(cursor)) {
      case 0:
        return;
      case 1:
      case 2:
        readLength(cursor);
        break;
      case 3:
        cursor.take(4);
        break;
      case 4:
        cursor.take(8);
        break;
      case 5:
        readString(cursor);
        break;
      default:
        throw new RdbError('damaged', "has a module's value that does not add up");
    }
  }
}

/** A function library of the release candidates of Redis 7.0. @throws RdbError */
export function skipEarlyFunction(cursor: Cursor): void {
  readString(cursor);
  readString(cursor);
  if (readLength(cursor) !== 0) readString(cursor);
  readString(cursor);
}

/** @throws RdbError */
export function skipLengths(cursor: Cursor, count: number): void {
  for (let done = 0; done < count; done++) readLength(cursor);
}

function repeat(cursor: Cursor, skip: () => void): void {
  const count = cursor.expect(readLength(cursor));
  for (let done = 0; done < count; done++) skip();
}
