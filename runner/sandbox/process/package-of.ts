import path from 'node:path';

const below = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/s;

/**
 * The installed package that a file belongs to. A learner's folder may itself lie below a
 * `node_modules`: then what is in the same package as the folder is the learner's, and not a package.
 * @param file absolute; a folder with a separator at its end
 * @returns the package's folder; empty for a file of none
 */
export function packageOf(file: string): string {
  return below.exec(file)?.[1] ?? '';
}

/** The same for what a folder holds. */
export function packageAround(folder: string): string {
  return packageOf(folder + path.sep);
}
