import { compactString } from './compact-writer';
import { Cursor } from './cursor';
import { writeDump } from './dump';
import { readString } from './encoding';

/** The opcode before the code of a library of functions, in RDB files as well. */
export const LIBRARY = 245;
/** Two bytes of version and eight of checksum. */
const FOOTER = 10;

/** The codes of libraries as FUNCTION DUMP has them. */
export function writeFunctions(codes: readonly Buffer[]): Buffer {
  return writeDump(libraryPieces(codes));
}

/** The codes of libraries as RDB files have them. */
export function libraryPieces(codes: readonly Buffer[]): Buffer {
  return Buffer.concat(codes.flatMap((code) => [Buffer.of(LIBRARY), compactString(code)]));
}

/**
 * The codes in the bytes of FUNCTION DUMP, their end looked at already.
 * @returns undefined where it holds something else
 * @throws RdbError where it ends in the middle
 */
export function readFunctions(bytes: Buffer): Buffer[] | undefined {
  const cursor = new Cursor(bytes.subarray(0, -FOOTER));
  const codes: Buffer[] = [];
  while (cursor.remaining > 0) {
    if (cursor.byte() !== LIBRARY) return undefined;
    codes.push(readString(cursor));
  }
  return codes;
}
