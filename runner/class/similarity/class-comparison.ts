import type { Course } from '../../course/course';
import { EnvironmentError } from '../../redis/instance';
import type { ClassRecord } from '../class-record';
import { learnerCode, lentCode } from './code-file';
import { type Comparison, similarPairs } from './similar-pairs';

/** A class compared, and whom it says nothing of. */
export interface ClassComparison extends Comparison {
  /** Names of those whose folder is gone, or was not taken. */
  withoutCode: readonly string[];
}

/**
 * Compares what lies in a class's folders now.
 * @param courses whose starters and worked versions everybody may have
 * @param most how many pairs to tell of
 * @throws EnvironmentError if no folder is there any more
 */
export function compareClass(
  { learners }: ClassRecord,
  courses: readonly Course[],
  most: number,
): ClassComparison {
  const lessons = courses.flatMap((course) => course.lessons);
  const withoutCode: string[] = [];
  const read = learners.flatMap((learner) => {
    const code = learnerCode(lessons, learner);
    if (!code) withoutCode.push(learner.name);
    return code ?? [];
  });
  if (read.length > 0) return { ...similarPairs(read, lentCode(courses), most), withoutCode };
  throw new EnvironmentError(
    'None of the folders that were graded is there any more, so nothing can be compared.',
    'Bring them back to where they were, or grade the class again from where they are.',
  );
}
