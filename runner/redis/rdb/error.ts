/**
 * What is wrong with a file that should be an RDB file:
 * - `empty`: no bytes at all
 * - `text`: a text file
 * - `not-rdb`: some other kind of file
 * - `corrupted-by-text-conversion`: once an RDB file, since then treated as text (UTF-8, CRLF)
 * - `truncated`: it ends in the middle
 * - `checksum`: it reads to its end, but its checksum is that of other bytes
 * - `version`: written by a Redis newer than the reader
 * - `unsupported`: holds something that cannot be read past, such as an old module's value
 * - `damaged`: what it says about itself does not add up
 * - `too-big`: it would unfold to more than the reader is ready to hold
 */
export type RdbFault =
  | 'empty'
  | 'text'
  | 'not-rdb'
  | 'corrupted-by-text-conversion'
  | 'truncated'
  | 'checksum'
  | 'version'
  | 'unsupported'
  | 'damaged'
  | 'too-big';

/** An RDB file that cannot be read. The message completes "the file …". */
export class RdbError extends Error {
  override name = 'RdbError';
  constructor(
    readonly reason: RdbFault,
    message: string,
  ) {
    super(message);
  }
}
