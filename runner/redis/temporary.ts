import os from 'node:os';

/** Systems take about 104 bytes for the path of a socket, and cut off the rest without a word. */
const roomForSockets = 70;

/** Where folders with sockets in them are made: the usual place, or `/tmp` where that is too deep. */
export function temporaryPlace(usual = os.tmpdir()): string {
  const short = process.platform === 'win32' || Buffer.byteLength(usual) <= roomForSockets;
  return short ? usual : '/tmp';
}
