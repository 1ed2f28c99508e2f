import type { Hint, Lesson } from '../lesson';
import { readProgress, recordHint } from './progress-file';

/** One hint as it is given. */
export interface GivenHint {
  hint: Hint;
  /** Which one it is, from 1, and of how many. */
  place: number;
  of: number;
}

/**
 * The hints that serve now, in the order they are given: those that follow from the last failure
 * first, then those for any; both as written, from a nudge to the answer.
 * @param failure the class of the last failure; without one, hints for a failure are left out
 */
export function hintOrder(lesson: Lesson, failure?: string): Hint[] {
  const fitting = lesson.hints.filter(({ when }) => failure && when?.includes(failure));
  const general = lesson.hints.filter(({ when }) => !when);
  const order = [...fitting, ...general];
  return order.length > 0 ? order : lesson.hints;
}

/** Remembers that a hint was given. @throws EnvironmentError where that cannot be written */
export function rememberHint(lesson: Lesson, workspace: string, hint: Hint): void {
  recordHint(workspace, lesson.id, lesson.hints.indexOf(hint));
}

/**
 * The next hint that was not given yet; after the last one, that one again.
 * @returns undefined for a lesson without hints
 */
export function nextHint(lesson: Lesson, workspace: string): GivenHint | undefined {
  const entry = readProgress(workspace).progress.lessons[lesson.id];
  const given = new Set(entry?.hints ?? []);
  const isGiven = (hint: Hint) => given.has(lesson.hints.indexOf(hint));
  const order = hintOrder(lesson, entry?.class);
  const hint = order.find((one) => !isGiven(one)) ?? order.at(-1);
  if (!hint) return undefined;
  const before = order.filter((one) => one !== hint && isGiven(one)).length;
  return { hint, place: before + 1, of: order.length };
}
