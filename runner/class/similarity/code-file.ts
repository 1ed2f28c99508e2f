import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ownTrials } from '../../course/authoring/trial';
import type { Course } from '../../course/course';
import type { Lesson } from '../../course/lesson';
import type { ClassLearner } from '../class-record';
import { SubmissionRefusal } from '../submission/refusal';
import { readSubmission } from '../submission/submission';

/** A program that is compared. */
export interface CodeFile {
  /** As it was handed in, such as `lib/2-one.js`. */
  name: string;
  text: string;
}

/** What one learner's folder holds. */
export interface LearnerCode {
  learner: ClassLearner;
  files: readonly CodeFile[];
}

/**
 * Reads what a learner has written, from the folder it was graded from, as it is now.
 * @param lessons by whose files the course folder is found
 * @returns nothing if the folder is gone, or could not be taken
 */
export function learnerCode(
  lessons: readonly Lesson[],
  learner: ClassLearner,
): LearnerCode | undefined {
  if (learner.refusal) return undefined;
  try {
    const files = readSubmission(lessons, learner.folder).files.filter(
      ({ name, content }) => isProgram(name) && content.length <= mostBytes,
    );
    return {
      learner,
      files: files.map(({ name, content }) => ({ name, text: content.toString() })),
    };
  } catch (error) {
    if (error instanceof SubmissionRefusal) return undefined;
    throw error;
  }
}

/** What everybody may have: starters, worked versions, and what goes further than a task. */
export function lentCode(courses: readonly Course[]): CodeFile[] {
  return courses.flatMap((course) =>
    course.lessons
      .flatMap((lesson) => ownTrials(course, lesson))
      .filter((trial) => isProgram(trial.path))
      .map((trial) => ({
        name: path.basename(trial.path),
        text: readFileSync(trial.path, 'utf8'),
      })),
  );
}

/** The name by which files of two learners are the same one of the course. */
export function courseName({ name }: CodeFile): string {
  return path.posix.basename(name).replace(ending, '');
}

const ending = /\.[cm]?[jt]sx?$/;

/** No program of a course is as long; what is would take minutes to compare. */
const mostBytes = 200_000;

function isProgram(name: string): boolean {
  return ending.test(name);
}
