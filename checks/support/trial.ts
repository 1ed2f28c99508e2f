import path from 'node:path';
import { contentOf, readCases } from '../../runner/course/authoring/cases';
import {
  caseTrials,
  type LaidOut,
  layOut,
  ownTrials,
  type Trial,
  type TrialVerdict,
} from '../../runner/course/authoring/trial';
import type { RedisSource } from '../../runner/redis/instance';
import type { Isolation } from '../../runner/sandbox/isolation/level';
import type { Fault } from '../../runner/sandbox/tap/faults';
import { courseOf, courses, folderName } from './courses';
import { graded, gradedTwice } from './graded';

export { differenceFrom, type Trial } from '../../runner/course/authoring/trial';

/** Every trial of all courses: worked versions, starters and cases. */
export function allTrials(lessons = courses.flatMap((course) => course.lessons)): Trial[] {
  return lessons.flatMap((lesson) => [
    ...ownTrials(courseOf(lesson), lesson),
    ...caseTrials(courseOf(lesson), lesson, readCases(lesson.folder)),
  ]);
}

/** The trial's name for a person: its lesson's folder and its file. */
export function trialName({ lesson, path: where }: Trial): string {
  return path.join(folderName(lesson), path.relative(lesson.folder, where));
}

/**
 * Each trial all of whose files import and export, none of which asks for CommonJS, in a folder of
 * the type “module”.
 */
export function asModules(trials: readonly Trial[]): Trial[] {
  const isModule = (text: string) => !/\b(?:require\(|exports\b|__dirname|__filename)/.test(text);
  return trials
    .filter((trial) => [textOf(trial), ...textsBeside(trial)].every(isModule))
    .map((trial) => ({ ...trial, module: true }));
}

/** Each trial that is JavaScript, in a folder whose Babel makes ECMAScript 5 of it. */
export function asBabel(trials: readonly Trial[]): Trial[] {
  return trials
    .filter((trial) => trial.path.endsWith('.js') && !trial.module)
    .map((trial) => ({ ...trial, babel: true }));
}

/** What the file says: for whoever reads a trial beside its verdict. */
export function textOf(trial: Trial): string {
  return contentOf(trial).toString('utf8');
}

/** What the files beside it say. */
function textsBeside({ beside }: Trial): string[] {
  return Object.values(beside).map((file) => contentOf({ path: file }).toString('utf8'));
}

/**
 * Grades a trial in a folder of its own, under the course's name of the file.
 * @param given what goes wrong between a program and Redis, and what ends the grading early
 * @throws EnvironmentError where there is no Redis to be had
 */
export async function runTrial(
  trial: Trial,
  redis: RedisSource,
  given: { fault?: Fault; signal?: AbortSignal; isolation?: Isolation } = {},
): Promise<TrialVerdict> {
  return layOut(courseOf(trial.lesson), trial, async ({ request, partOf }: LaidOut) =>
    partOf(await graded({ ...request, redis, ...given })),
  );
}

/**
 * As {@link runTrial}, and once more with what the first time used made ready, as while watching.
 * @returns both verdicts
 */
export async function runTrialTwice(
  trial: Trial,
  redis: RedisSource,
  given: { isolation?: Isolation } = {},
): Promise<TrialVerdict[]> {
  return layOut(courseOf(trial.lesson), trial, async ({ request, partOf }) =>
    (await gradedTwice({ ...request, redis, ...given })).map(partOf),
  );
}
