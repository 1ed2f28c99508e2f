import fs from 'node:fs';

/**
 * Has a stream that leads to a file write each piece whole. Node itself writes once, and says nothing
 * of what a full disk did not take.
 */
export function writeWhole(stream: NodeJS.WriteStream & { fd: number }): void {
  if (!fs.fstatSync(stream.fd).isFile()) return;
  stream._write = (chunk: Buffer, _, done) => {
    try {
      for (let at = 0; at < chunk.length; ) at += fs.writeSync(stream.fd, chunk, at);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
}
