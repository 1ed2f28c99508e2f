import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const project = path.resolve(__dirname, '../..');

/** Loaded by path when a program is started, and so named by no import. */
const programFolder = path.join(project, 'runner/sandbox/inside');

/** All that may decide a verdict beside the file itself: the code of its check, to the last module. */
export function fingerprintOf(check: string): string {
  const files = new Set<string>();
  const grade = path.join(project, 'runner/grading/grade.ts');
  const programs = readdirSync(programFolder).map((name) => path.join(programFolder, name));
  for (const file of [check, grade, ...programs]) collect(file, files);
  const hash = createHash('sha256').update(process.version);
  for (const file of [...files].sort()) {
    hash.update(`\0${path.relative(project, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function collect(file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, specifier = ''] of source.matchAll(
    /(?:from|import\(|require\.resolve\(|require\() ?'(\.[^']*)'/g,
  )) {
    const found = ['', '.ts', '.cjs'].map((ending) =>
      path.join(path.dirname(file), specifier + ending),
    );
    const module = found.find((one) => isFile(one));
    if (module) collect(module, files);
  }
}

function isFile(name: string): boolean {
  try {
    readFileSync(name);
    return true;
  } catch {
    return false;
  }
}
