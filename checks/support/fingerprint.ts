import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importsOf } from './imports';

const project = path.resolve(__dirname, '../..');

/** Loaded by path when a program is started, and so named by no import. */
const programFolder = path.join(project, 'runner/sandbox/inside');

/** All that may decide a verdict beside the file itself: the code of its check, to the last module. */
export function fingerprintOf(check: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of judgesOf(check)) {
    hash.update(`\0${path.relative(project, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** The files that {@link fingerprintOf} is made of, absolute, sorted. */
export function judgesOf(check: string): string[] {
  const files = new Set<string>();
  const grade = path.join(project, 'runner/grading/grade.ts');
  const programs = readdirSync(programFolder).map((name) => path.join(programFolder, name));
  for (const file of [check, grade, ...programs]) collect(file, files);
  return [...files].sort();
}

const targets = new Map<string, string[]>();

function collect(file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  const known =
    targets.get(file) ?? importsOf(file).flatMap(({ target }) => (target ? [target] : []));
  targets.set(file, known);
  for (const target of known) collect(target, files);
}
