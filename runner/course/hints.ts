import type { Hint, Lesson } from './lesson';
import { changeProgress, readProgress } from './progress';

/** One hint as it is given. */
export interface GivenHint {
  hint: Hint;
  /** Which one it is, from 1, and of how many. */
  place: number;
  of: number;
}

/**
 * A lesson's hints in the order they are given: those that follow from the last failure first,
 * otherwise as written, from a nudge to the answer.
 * @param failure the class of the last failure
 */
export function hintOrder(lesson: Lesson, failure?: string): Hint[] {
  const follows = (hint: Hint) => failure !== undefined && (hint.when?.includes(failure) ?? false);
  const general = lesson.hints.filter((hint) => !hint.when);
  const fitting = lesson.hints.filter(follows);
  const others = lesson.hints.filter((hint) => hint.when && !follows(hint));
  return [...fitting, ...general, ...others];
}

/**
 * Gives the next hint and remembers that it was given; after the last one, the last one again.
 * @param failure the class of the last failure, where it is known
 * @returns undefined for a lesson without hints
 */
export function nextHint(lesson: Lesson, workspace: string): GivenHint | undefined {
  const entry = readProgress(workspace).progress.lessons[lesson.id];
  const order = hintOrder(lesson, entry?.class);
  const place = Math.min((entry?.hints ?? 0) + 1, order.length);
  const hint = order[place - 1];
  if (!hint) return undefined;
  changeProgress(workspace, (progress) => {
    progress.lessons[lesson.id] = { ...progress.lessons[lesson.id], hints: place };
  });
  return { hint, place, of: order.length };
}
