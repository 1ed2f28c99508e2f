import fs from 'node:fs';
import path from 'node:path';
import { asTyped } from '../../start-command';
import { writeAtomically } from '../../write-atomically.cjs';
import { workbookFolder } from './workbook-folder';

/**
 * Copies a starter to a learner's folder, whole or not at all, so that a kill in the middle never
 * leaves half of one; its commands are as this person types them. A file that is there is not touched.
 * @returns the name it has there; undefined where there was one
 */
export function copyStarter(starter: string, folder: string): string | undefined {
  const name = path.basename(starter);
  const target = path.join(folder, name);
  if (fs.existsSync(target)) return undefined;
  const options = { isNew: true, by: workbookFolder(folder) };
  const text = asTyped(fs.readFileSync(starter, 'utf8'));
  return writeAtomically(target, text, options) ? name : undefined;
}
