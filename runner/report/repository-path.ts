import fs from 'node:fs';
import path from 'node:path';

/**
 * A file's path below the top of a repository, with slashes on every system, as CI servers want it.
 * @param file absolute; it need not be there
 * @returns nothing for a file that lies elsewhere
 */
export function repositoryPath(file: string, top: string): string | undefined {
  const folder = real(path.dirname(file));
  const below = path.relative(real(top), path.join(folder, path.basename(file)));
  if (path.isAbsolute(below) || below.split(path.sep)[0] === '..') return undefined;
  return below.split(path.sep).join('/');
}

function real(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}
