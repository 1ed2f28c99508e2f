import { rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Where something of a check listens: a socket in its folder, on Windows a named pipe.
 * @param folder one that nobody else uses, with a path of which `temporaryFolder` keeps the length
 * @param name short, as systems take some 100 bytes in all
 */
export function socketPath(folder: string, name: string, platform = process.platform): string {
  if (platform !== 'win32') return path.join(folder, name);
  return `\\\\.\\pipe\\${path.win32.basename(folder)}-${name}`;
}

/** Removes a socket that nobody listens on any more; a pipe goes with its server. */
export function removeSocket(socket: string, platform = process.platform): void {
  if (platform !== 'win32') rmSync(socket, { force: true });
}
