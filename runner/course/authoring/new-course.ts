import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../usage-error';

/** A course of one lesson as it is laid out; read by people, too. */
const template = path.join(__dirname, 'template');

/**
 * Lays out a course of one working lesson, which passes the author's self-test.
 * @param given a folder that is empty, or not there yet
 * @returns its files, from there
 * @throws UsageError where the folder is not empty or cannot be made
 */
export function newCourse(given: string): string[] {
  const folder = path.resolve(given);
  refuseFull(folder, given);
  cpSync(template, folder, { recursive: true });
  const declaration = path.join(folder, 'course.yml');
  const text = readFileSync(declaration, 'utf8');
  writeFileSync(declaration, text.replace(/^id: .*$/m, `id: ${idFrom(path.basename(folder))}`));
  return filesOf(folder);
}

function refuseFull(folder: string, given: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    if (readdirSync(folder).length === 0) return;
  } catch {
    throw new UsageError(`The folder "${given}" cannot be made.`, 'Name one that you may write.');
  }
  throw new UsageError(`"${given}" is not empty.`, 'Name a folder that is empty or not there yet.');
}

/** A course's id as its folder is called: small letters, digits and dashes. */
function idFrom(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-$/g, '');
  return id || 'course';
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
