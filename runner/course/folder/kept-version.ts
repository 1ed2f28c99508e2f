import path from 'node:path';
import { EnvironmentError } from '../../redis/instance';
import { writeAtomically } from '../../write-atomically.cjs';
import { datedName } from './dated-name';
import { workbookFolder } from './workbook-folder';

/**
 * Keeps a version of a learner's file that gives way to another, beside those that `reset` keeps.
 * @param label the file's name with its ending
 * @returns where it is, absolute where the workspace is
 * @throws EnvironmentError where it cannot be written
 */
export function keepVersion(workspace: string, label: string, text: string): string {
  try {
    const ending = path.extname(label);
    const folder = workbookFolder(workspace, 'kept');
    const file = datedName(folder, path.basename(label, ending), ending);
    writeAtomically(file, text, { isNew: true });
    return file;
  } catch (error) {
    throw new EnvironmentError(
      `The other version cannot be kept (${(error as NodeJS.ErrnoException).code ?? error}), so nothing was written.`,
      'Make room in your workspace and let it be written to, then choose again.',
    );
  }
}
