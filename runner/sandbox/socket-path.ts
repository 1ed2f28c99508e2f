import path from 'node:path';

/**
 * Where something of a check listens: a socket in its folder, on Windows a named pipe.
 * @param folder one that nobody else uses, with a path of which `temporaryFolder` keeps the length
 * @param name short, as systems take some 100 bytes in all
 */
export function socketPath(folder: string, name: string): string {
  if (process.platform !== 'win32') return path.join(folder, name);
  return `\\\\.\\pipe\\${path.basename(folder)}-${name}`;
}
