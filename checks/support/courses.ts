import path from 'node:path';
import type { Course } from '../../runner/course/course';
import type { Lesson } from '../../runner/course/lesson';
import { Shelf } from '../../runner/course/shelf';

const shelf = new Shelf(undefined, {});

/** All courses that come with the workbook, whatever WORKBOOK_COURSE says. */
export const courses: readonly Course[] = shelf.courses;

export const courseOf = (lesson: Lesson): Course => shelf.courseOf(lesson);

/**
 * A lesson's folder, as lists of trials have it: `02-basic-operations` of the first course, and
 * `COURSE/02-strings` of any other, whose folder may have the name of one of the first.
 */
export function folderName({ course, folder }: Lesson): string {
  const name = path.basename(folder);
  return course === shelf.first.id ? name : `${course}/${name}`;
}

/**
 * Whether a lesson is the one that a tool's option names, such as `3` or `COURSE/3`; `COURSE/` names all
 * of that course, and without the option all are meant.
 */
export function isMeant(lesson: Lesson, option: string | undefined): boolean {
  if (option === undefined || option === `${lesson.course}/`) return true;
  return !option.endsWith('/') && shelf.find(option, shelf.first).lesson === lesson;
}
