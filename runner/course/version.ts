import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { projectFolder } from './project-folder';

/** The version of the workbook, as its package.json has it. */
export function workbookVersion(): string {
  const file = path.join(projectFolder(), 'package.json');
  return v.parse(manifest, JSON.parse(readFileSync(file, 'utf8'))).version;
}

const manifest = v.object({ version: v.string() });
