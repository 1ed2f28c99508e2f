import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { remember } from '../cache.cjs';
import { EnvironmentError } from '../redis/instance';
import { asTyped } from '../start-command';
import type { Course } from './course';
import type { CourseText } from './course-text';
import type { Lesson } from './lesson';
import { projectFolder } from './project-folder';

/** The folders of the courses that come with the workbook, absolute, by name. */
export function courseFolders(): string[] {
  const all = path.join(projectFolder(), 'lessons');
  return readdirSync(all)
    .sort()
    .map((name) => path.join(all, name))
    .filter((folder) => existsSync(path.join(folder, 'course.yml')));
}

/** The course that the environment names, by WORKBOOK_COURSE (once WORKBOOK_LESSONS); nothing if it names none. */
export function namedCourse({
  WORKBOOK_COURSE,
  WORKBOOK_LESSONS,
}: NodeJS.ProcessEnv): string | undefined {
  return WORKBOOK_COURSE || WORKBOOK_LESSONS || undefined;
}

/** The course in use: the one that the environment names; otherwise the workbook's first. */
function chosenFolder(env: NodeJS.ProcessEnv): string {
  return namedCourse(env) ?? courseFolders()[0] ?? 'lessons';
}

/**
 * Reads a course: its course.yml, and every lesson that stands in it.
 * @param folder wherever it lies; the one in use without it
 * @throws EnvironmentError that names the file, and the field where there is one
 */
export function loadCourse(folder?: string): Course {
  const { course, broken: faults } = surveyCourse(folder);
  for (const { error } of faults) throw error;
  refuseTwins(course.lessons);
  return course;
}

/** A course as far as it can be read. */
export interface Survey {
  /** With the lessons that can be read; two of them may have one id. */
  course: Course;
  /** The lessons that cannot, by their folders in the course. */
  broken: { name: string; error: EnvironmentError }[];
}

/**
 * Reads a course for its author, who wants to know of every lesson that is broken.
 * @param folder wherever it lies; the one in use without it
 * @throws EnvironmentError if course.yml itself cannot be read
 */
export function surveyCourse(folder = chosenFolder(process.env)): Survey {
  const whole = path.resolve(folder);
  const file = path.join(whole, 'course.yml');
  const { lessons: folders, snapshot, ...facts } = readCourse(file);
  const { id } = facts;
  const lessons: Lesson[] = [];
  const faults: Survey['broken'] = [];
  for (const [number, name] of Object.entries(folders)) {
    try {
      lessons.push({ course: id, ...readLesson(Number(number), path.join(whole, name)) });
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      faults.push({ name, error });
    }
  }
  lessons.sort((one, other) => one.number - other.number);
  const course = {
    ...facts,
    folder: whole,
    lessons,
    ...(snapshot === undefined ? {} : { snapshot: snapshotFile(whole, snapshot) }),
  };
  return { course, broken: faults };
}

function readCourse(file: string): CourseText {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch {
    throw new EnvironmentError(
      `There is no course in ${path.dirname(file)}: its course.yml cannot be read.`,
      'Give --course or WORKBOOK_COURSE the folder of a course, or leave both out.',
    );
  }
  return parsed('course 3', file, source, () => {
    const { readCourseText }: typeof import('./course-text') = require('./course-text');
    return readCourseText(source);
  });
}

function readLesson(number: number, folder: string): Omit<Lesson, 'course'> {
  const file = path.join(folder, 'lesson.md');
  let source: string;
  try {
    source = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    const course = path.join(path.dirname(folder), 'course.yml');
    const name = path.basename(folder);
    throw broken(course, `field "lessons.${number}": there is no ${name}/lesson.md`);
  }
  const text = parsed('lesson 4', file, source, () => {
    const { readLessonText }: typeof import('./lesson-text') = require('./lesson-text');
    return readLessonText(source);
  });
  // What is kept is as it was written: it serves for everyone.
  const hints = text.hints.map((hint) => ({ ...hint, text: asTyped(hint.text) }));
  return { ...text, text: asTyped(text.text), hints, number, folder };
}

/**
 * Parses a text; the schema and the YAML reader are only loaded for one that is not known yet.
 * @param recipe what the kept form depends on beside the text: raise it with the schema
 */
function parsed<Value>(recipe: string, file: string, source: string, read: () => Value): Value {
  const known = remember([recipe, source], () => {
    try {
      return JSON.stringify(read());
    } catch (error) {
      throw broken(file, error instanceof Error ? error.message : String(error));
    }
  });
  return JSON.parse(known);
}

/** The snapshot of a course; of one that was copied out of the workbook, the workbook's. */
function snapshotFile(course: string, snapshot: string): string {
  const own = path.resolve(course, snapshot);
  return existsSync(own) ? own : path.join(projectFolder(), path.basename(snapshot));
}

function refuseTwins(lessons: readonly Lesson[]): void {
  const seen = new Map<string, Lesson>();
  for (const lesson of lessons) {
    const twin = seen.get(lesson.id);
    if (twin) {
      const other = path.basename(twin.folder);
      throw broken(path.join(lesson.folder, 'lesson.md'), `field "id": ${other} has it too`);
    }
    seen.set(lesson.id, lesson);
  }
}

function broken(file: string, what: string): EnvironmentError {
  const name = path.relative(path.dirname(path.dirname(file)), file);
  return new EnvironmentError(
    `The course’s file ${name} is broken: ${what}.`,
    'Install the workbook again; if you write lessons, mend that field.',
  );
}
