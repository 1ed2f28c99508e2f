import { readdirSync } from 'node:fs';
import path from 'node:path';
import { furtherFolder } from '../course';
import type { Lesson } from '../lesson';
import type { Case } from './cases';

/** The files of a lesson's folder, from there, with slashes. */
export interface LessonFiles {
  all: string[];
  /** Those that belong to nothing. */
  stray: string[];
}

/** Sorts what lies in a lesson's folder into what a lesson is made of and what was left there. */
export function lessonFiles(lesson: Lesson, cases: readonly Case[]): LessonFiles {
  const { folder, files, beside, run = [] } = lesson;
  const from = (file: string) => path.relative(folder, file).replaceAll(path.sep, '/');
  const known = new Set([
    'lesson.md',
    'check.ts',
    'load.ts',
    'cases/cases.yml',
    'cases/scores.yml',
    ...[...files, ...beside, ...run].map((name) => `${name}.ts`),
    ...files.flatMap((name) => [`starter/${name}.ts`, `${furtherFolder}/${name}.ts`]),
    ...cases
      .flatMap((one) => [...(one.edit ? [] : [one.path]), ...Object.values(one.with)])
      .map(from),
  ]);
  const all = filesBelow(folder).map(from).sort();
  return { all, stray: all.filter((file) => !known.has(file) && !file.startsWith('check/')) };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const where = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(where) : [where];
  });
}
