import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { remember } from '../cache.cjs';
import { EnvironmentError } from '../redis/instance';
import type { Lesson } from './lesson';

/** The course that comes with the workbook; WORKBOOK_LESSONS names another one, for its authors. */
function courseFolder(): string {
  return process.env.WORKBOOK_LESSONS ?? path.join(projectFolder(), 'lessons', 'queuing');
}

/** The folder that the workbook itself is installed in. */
export function projectFolder(): string {
  return path.join(__dirname, '../..');
}

/**
 * Reads every lesson of a course, in the order of their numbers.
 * A folder without a lesson.md is not a lesson.
 * @throws EnvironmentFault that names the file, and the field where there is one
 */
export function loadCatalogue(course = courseFolder()): Lesson[] {
  const folders = foldersOf(course).filter((folder) => existsSync(path.join(folder, 'lesson.md')));
  const lessons = folders.map(readLesson).sort((one, other) => one.number - other.number);
  refuseTwins(lessons, (lesson) => lesson.id, 'id');
  refuseTwins(lessons, (lesson) => String(lesson.number), 'number');
  return lessons;
}

/**
 * The worked version of any file of the course.
 * @param name without its ending, such as `1-redis_op`
 * @returns an absolute path; one that does not exist where no lesson has the file
 */
export function workedVersion(lessons: readonly Lesson[], name: string): string {
  if (name === 'dump.rdb') return path.join(projectFolder(), 'dump.rdb');
  const lesson = lessons.find((candidate) => candidate.files.includes(name));
  return path.join(lesson?.folder ?? courseFolder(), `${name}.ts`);
}

function readLesson(folder: string): Lesson {
  const file = path.join(folder, 'lesson.md');
  const source = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  // The schema and the YAML reader are only loaded for a text that is not known yet.
  const known = remember([recipe, source], () => {
    const { readLessonText }: typeof import('./lesson-text') = require('./lesson-text');
    try {
      return JSON.stringify(readLessonText(source));
    } catch (error) {
      throw broken(file, error instanceof Error ? error.message : String(error));
    }
  });
  return { ...JSON.parse(known), folder };
}

/** What a lesson's kept form depends on beside its text: raise it with the schema. */
const recipe = 'lesson 1';

function foldersOf(course: string): string[] {
  try {
    return readdirSync(course, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(course, entry.name));
  } catch {
    throw new EnvironmentError(
      `The lessons are not where they should be: ${course} cannot be read.`,
      'Install the workbook again, or unset WORKBOOK_LESSONS.',
    );
  }
}

function refuseTwins(lessons: Lesson[], key: (lesson: Lesson) => string, field: string): void {
  const seen = new Map<string, Lesson>();
  for (const lesson of lessons) {
    const twin = seen.get(key(lesson));
    if (twin) {
      const other = path.basename(twin.folder);
      throw broken(path.join(lesson.folder, 'lesson.md'), `field "${field}": ${other} has it too`);
    }
    seen.set(key(lesson), lesson);
  }
}

function broken(file: string, what: string): EnvironmentError {
  const name = path.relative(path.dirname(path.dirname(file)), file);
  return new EnvironmentError(
    `The lesson file ${name} is broken: ${what}.`,
    'Install the workbook again; if you write lessons, mend that field.',
  );
}
