import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectFolder } from './catalogue';

/** The version of the workbook, as its package.json has it. */
export function workbookVersion(): string {
  const file = path.join(projectFolder(), 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
