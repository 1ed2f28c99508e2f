import type { ClassRecord } from '../../class/class-record';
import type { Learner } from '../../class/roster/learner';
import type { Places } from '../../class/submission/places';
import { SubmissionRefusal } from '../../class/submission/refusal';
import type { Course } from '../../course/course';
import { openReadOnlyFolder } from '../../course/folder/read-only-folder';
import { holdsFiles } from '../../course/folder/workspace';
import type { Lesson } from '../../course/lesson';
import { UsageError } from '../../course/usage-error';
import { sideBySide } from '../../grading/side-by-side';
import type { Session } from '../session';

/**
 * The courses that a class is graded in: the one asked for, or those that its folders hold files of.
 * @throws EnvironmentError if there is no room for zips and repositories; the signal's reason once that is
 * aborted
 */
export async function coursesOfClass(
  { shelf, signal }: Session,
  learners: readonly Learner[],
  places: Places,
): Promise<Course[]> {
  if (shelf.chosen) return [shelf.chosen];
  const lessons = shelf.courses.flatMap((course) => course.lessons);
  const coursesIn = async ({ folder }: Learner) => {
    const held = await courseFolder(lessons, folder, places);
    return shelf.courses.filter((course) => held !== undefined && holdsFiles(course.lessons, held));
  };
  const held = new Set<Course>();
  for await (const found of sideBySide(learners, placesAtOnce, coursesIn, signal)) {
    for (const course of found) held.add(course);
    if (held.size === shelf.courses.length) break;
  }
  return held.size > 0 ? shelf.courses.filter((course) => held.has(course)) : [shelf.first];
}

/** How many repositories are fetched at once. */
const placesAtOnce = 4;

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

/** Nothing where it is refused, as its learner's row will tell. */
async function courseFolder(
  lessons: readonly Lesson[],
  place: string,
  places: Places,
): Promise<string | undefined> {
  try {
    const { folder } = await places.open(place);
    return openReadOnlyFolder(lessons, folder).folder;
  } catch (error) {
    if (error instanceof UsageError || error instanceof SubmissionRefusal) return undefined;
    throw error;
  }
}
