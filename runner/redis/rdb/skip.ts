import type { Cursor } from './cursor';
import { readLength, readString } from './encoding';
import { RdbError } from './error';

// What the workbook has no use for is read past, so that the keys behind it are seen.

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
