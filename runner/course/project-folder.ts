import path from 'node:path';

/** The folder that the workbook itself is installed in. */
export function projectFolder(): string {
  return path.join(__dirname, '../..');
}
