import fs from 'node:fs';
import path from 'node:path';

/**
 * Puts a file in place in one step: whoever reads it, also after a kill in the middle or on a disk
 * that is full, finds the old one or the new one, whole.
 * @param write makes the file under the name that it is given
 * @param beside that name; on the same disk
 * @throws what the file system says, with nothing left of the new one
 */
export function writeAtomically(
  file: string,
  write: (beside: string) => void,
  beside = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`),
): void {
  try {
    write(beside);
    fs.renameSync(beside, file);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw error;
  }
}
