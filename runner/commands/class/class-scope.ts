import type { ClassRecord } from '../../class/class-record';
import type { Learner } from '../../class/roster/learner';
import type { Course } from '../../course/course';
import { openReadOnlyFolder } from '../../course/folder/read-only-folder';
import { holdsFiles } from '../../course/folder/workspace';
import type { Lesson } from '../../course/lesson';
import { UsageError } from '../../course/usage-error';
import type { Session } from '../session';

/** The courses that a class is graded in: the one asked for, or those that its folders hold files of. */
export function coursesOfClass({ shelf }: Session, learners: readonly Learner[]): Course[] {
  if (shelf.chosen) return [shelf.chosen];
  const lessons = shelf.courses.flatMap((course) => course.lessons);
  const folders = learners.flatMap(({ folder }) => courseFolder(lessons, folder));
  const held = shelf.courses.filter((course) =>
    folders.some((folder) => holdsFiles(course.lessons, folder)),
  );
  return held.length > 0 ? held : [shelf.first];
}

/** The columns of a class's table. */
export function columnsOfClass(
  session: Session,
  lessons: readonly Lesson[],
): ClassRecord['lessons'] {
  return lessons.map((lesson) => ({
    name: session.addressOf(lesson),
    title: lesson.title,
    points: lesson.weight ?? session.shelf.courseOf(lesson).points[lesson.level],
  }));
}

function courseFolder(lessons: readonly Lesson[], folder: string): string[] {
  try {
    return [openReadOnlyFolder(lessons, folder).folder];
  } catch (error) {
    // It is refused in its learner's row.
    if (error instanceof UsageError) return [];
    throw error;
  }
}
