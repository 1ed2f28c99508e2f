import path from 'node:path';
import type { Course } from './course';
import type { Lesson } from './lesson';
import { courseFolders, loadCourse, namedCourse } from './load-course';
import { type Found, findLesson, unknownLesson } from './lookup';

/** The courses that one start of the workbook can open; each is read when it is first needed. */
export class Shelf {
  readonly #folders: readonly string[];
  readonly #chosen: string | undefined;
  readonly #read = new Map<string, Course>();

  /**
   * @param given a course by its name, or the folder of one that lies elsewhere and then stands here
   * alone; WORKBOOK_COURSE (once WORKBOOK_LESSONS) without it; without both the workbook's courses
   */
  constructor(given?: string, env: NodeJS.ProcessEnv = process.env) {
    const named = given ?? namedCourse(env);
    const all = courseFolders();
    const known = all.find((folder) => isNamed(folder, named));
    this.#folders = named === undefined || known !== undefined ? all : [path.resolve(named)];
    this.#chosen = named === undefined ? undefined : (known ?? this.#folders[0]);
  }

  /** The one that was asked for; nothing if none was. @throws EnvironmentError if it is broken */
  get chosen(): Course | undefined {
    return this.#chosen === undefined ? undefined : this.#course(this.#chosen);
  }

  /** The one whose lessons are named by their numbers alone. @throws EnvironmentError if it is broken */
  get first(): Course {
    return this.#course(this.#folders[0] ?? 'lessons');
  }

  /** All of them, the first one first. @throws EnvironmentError if one is broken */
  get courses(): Course[] {
    return this.#folders.map((folder) => this.#course(folder));
  }

  /** Whether there is but one. */
  get isSingle(): boolean {
    return this.#folders.length < 2;
  }

  /** The course of a lesson. */
  courseOf(lesson: Lesson): Course {
    // Most lessons are of the first one: no other needs to be read for them.
    if (lesson.course === this.first.id) return this.first;
    return this.courses.find(({ id }) => id === lesson.course) ?? this.first;
  }

  /** How a lesson is named on the command line: `5`, and `NAME/5` in a course that is not the first. */
  addressOf(lesson: Lesson): string {
    const number = String(lesson.number);
    return lesson.course === this.first.id ? number : `${lesson.course}/${number}`;
  }

  /** The lessons of other courses that do the same work: those that it names, and those that name it. */
  twinsOf(lesson: Lesson): Lesson[] {
    const others = this.courses
      .filter(({ id }) => id !== lesson.course)
      .flatMap(({ lessons }) => lessons);
    return others.filter((other) => isTwin(lesson, other) || isTwin(other, lesson));
  }

  /**
   * Finds the lesson that a word names: a number is that of a lesson of `open`, `NAME/5` that of
   * another course, and the name of a lesson or of a file may be any course's.
   * @throws UsageError that names the nearest
   */
  find(word: string, open: Course): Found {
    const [, id, rest] = /^([a-z][a-z0-9-]*)\/([^/]+)$/.exec(word.trim()) ?? [];
    const named = id === undefined ? undefined : this.courses.find((one) => one.id === id);
    const course = named ?? open;
    const inside = findLesson(course.lessons, named && rest !== undefined ? rest : word);
    if (inside) return inside;
    const isNumber = /^\d+$/.test(word.trim());
    for (const other of isNumber || named ? [] : this.courses) {
      const found = findLesson(other.lessons, word);
      if (found) return found;
    }
    const all = named ? named.lessons : this.courses.flatMap(({ lessons }) => lessons);
    throw unknownLesson(course.lessons, all, word, (lesson) => this.addressOf(lesson));
  }

  #course(folder: string): Course {
    const course = this.#read.get(folder) ?? loadCourse(folder);
    this.#read.set(folder, course);
    return course;
  }
}

function isTwin({ twins }: Lesson, { course, number }: Lesson): boolean {
  return twins.includes(`${course}/${number}`);
}

function isNamed(folder: string, name: string | undefined): boolean {
  if (name === undefined) return false;
  return path.basename(folder) === name || path.resolve(name) === folder;
}
