import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * What to do so that packages which a folder asks for can be used: an end of a sentence, such as
 * “run npm install in the folder”.
 * @param file the program that was started, absolute
 */
export function howToInstall(file: string): string {
  if (hasPlugAndPlay(path.dirname(file))) {
    return 'the folder is one of Yarn’s Plug’n’Play, which the workbook does not follow: write nodeLinker: node-modules into .yarnrc.yml and run yarn install';
  }
  return 'run npm install in the folder';
}

/** Whether Yarn keeps the packages of a folder, or of one above it, without node_modules. */
function hasPlugAndPlay(folder: string): boolean {
  if (['.pnp.cjs', '.pnp.js'].some((name) => existsSync(path.join(folder, name)))) return true;
  const above = path.dirname(folder);
  return above !== folder && hasPlugAndPlay(above);
}
