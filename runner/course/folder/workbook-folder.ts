import fs from 'node:fs';
import path from 'node:path';

/**
 * A folder of what the workbook keeps in a workspace, made where there is none yet. The workspace
 * itself is never made: one that was moved away would seem to be there again, and empty.
 * @param names the folders below `.workbook`
 * @returns absolute where the workspace is
 * @throws what the file system says; ENOENT for a workspace that is gone
 */
export function workbookFolder(workspace: string, ...names: readonly string[]): string {
  let folder = workspace;
  for (const name of ['.workbook', ...names]) {
    folder = path.join(folder, name);
    try {
      fs.mkdirSync(folder);
    } catch (error) {
      if (!fs.existsSync(folder)) throw error;
    }
  }
  return folder;
}
