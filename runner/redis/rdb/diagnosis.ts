import { isUtf8 } from 'node:buffer';
import { RdbError } from './error';

/**
 * Names what a file without an RDB header is.
 * @param bytes the whole file
 */
export function diagnoseHeader(bytes: Buffer): RdbError {
  if (bytes.length === 0) return new RdbError('empty', 'is empty');
  if ('REDIS'.startsWith(bytes.toString('latin1', 0, 5)) && bytes.length < 9) {
    return new RdbError('truncated', 'ends in the middle of its header');
  }
  // A byte order mark before the header, or a zero byte after each letter: an editor's work.
  if (/^.{0,3}R\0?E\0?D\0?I\0?S\0?\d/s.test(bytes.toString('latin1', 0, 16))) return converted();
  if (/^\*\d+\r?\n\$\d+\r?\n/.test(bytes.toString('latin1', 0, 32))) {
    return new RdbError('not-rdb', 'is an append-only file (AOF), not a snapshot (RDB)');
  }
  const start = bytes.subarray(0, 4096);
  const text = isUtf8(trimmed(start, bytes.length)) && !hasControls(start);
  if (text) return new RdbError('text', 'is a text file, not one that Redis wrote');
  return new RdbError('not-rdb', 'is not an RDB file: it does not start with REDIS');
}

/**
 * Tells whether a file that does not read was once a good one that a program treated as text.
 * @param bytes the whole file
 * @param error why it does not read
 * @param isReadable whether other bytes do
 * @returns `error`, or a better one
 */
export function diagnose(
  bytes: Buffer,
  error: RdbError,
  isReadable: (bytes: Buffer) => boolean,
): RdbError {
  if (!['truncated', 'checksum', 'damaged', 'unsupported', 'version'].includes(error.reason)) {
    return error;
  }
  // Each byte that is no UTF-8 becomes the mark for an unknown character.
  if (bytes.includes(replacementCharacter)) return converted();
  // Every whole RDB file has the byte 255, which no text in UTF-8 has; what is more than ASCII was made so.
  if (isUtf8(bytes) && bytes.some((byte) => byte > 127)) return converted();
  const text = bytes.toString('latin1');
  // The first fact in a file stands behind the byte 250, which is more than ASCII.
  if (/^REDIS\d{4}[^\xfa]{0,8}redis-ver/s.test(text)) return converted();
  // This one can be undone, and what reads then is proof.
  const before = text.replaceAll('\r\n', '\n');
  if (before !== text && isReadable(Buffer.from(before, 'latin1'))) return converted();
  return error;
}

const replacementCharacter = Buffer.from('\ufffd');

const converted = () =>
  new RdbError(
    'corrupted-by-text-conversion',
    'was changed by a program that took it for text (its encoding or its line ends were converted)',
  );

/** Up to three bytes off the end, where the cut may have gone through a character. */
function trimmed(start: Buffer, whole: number): Buffer {
  if (whole <= start.length) return start;
  let end = start.length;
  while (end > start.length - 4 && ((start[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return start.subarray(0, (start[end - 1] ?? 0) >= 0xc0 ? end - 1 : end);
}

const hasControls = (bytes: Buffer) =>
  bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13);
