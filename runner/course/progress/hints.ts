import type { Hint, Lesson } from '../lesson';
import type { LastVerdict } from './progress';
import { readProgress, recordHint } from './progress-file';

/** One hint as it is given. */
export interface GivenHint {
  hint: Hint;
  /** Which one it is, from 1, and of how many. */
  place: number;
  of: number;
}

/** What is known of the last failure. */
export type Failure = Pick<LastVerdict, 'class' | 'expected' | 'seen'>;

/**
 * The hints that serve now, in the order they are given: those that follow from what was seen, those
 * that follow from the kind of failure, then those for any; each as written, from a nudge to the answer.
 * @param failure nothing if there was none: hints for a failure are then left out
 */
export function hintOrder(lesson: Lesson, failure: Failure = {}): Hint[] {
  const of = (place: number) => lesson.hints.filter((hint) => placeOf(hint, failure) === place);
  const order = [...of(0), ...of(1), ...of(2)];
  return order.length > 0 ? order : lesson.hints;
}

/** 0 for a hint on just this, 1 on failures of its class, 2 on anything; nothing if it does not fit. */
function placeOf({ when, seen, lacks }: Hint, failure: Failure): 0 | 1 | 2 | undefined {
  if (when && !when.includes(failure.class ?? '')) return undefined;
  if (!seen && !lacks) return when ? 1 : 2;
  const isSeen = (word: string) => holds(failure.seen ?? '', word);
  const isLacking = (word: string) => holds(failure.expected ?? '', word) && !isSeen(word);
  return seen?.some(isSeen) || lacks?.some(isLacking) ? 0 : undefined;
}

/** Whether the words stand in the text, and are no part of longer ones. */
function holds(text: string, words: string): boolean {
  const literally = words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const [before, after] = [/^\w/.test(words) ? '(?<!\\w)' : '', /\w$/.test(words) ? '(?!\\w)' : ''];
  return new RegExp(before + literally + after).test(text);
}

/** Remembers that a hint was given. @throws EnvironmentError where that cannot be written */
export function rememberHint(lesson: Lesson, workspace: string, course: string, hint: Hint): void {
  recordHint(workspace, course, lesson.id, lesson.hints.indexOf(hint));
}

/**
 * The next hint that was not given yet; after the last one, that one again.
 * @returns undefined for a lesson without hints
 */
export function nextHint(lesson: Lesson, workspace: string, course: string): GivenHint | undefined {
  const entry = readProgress(workspace, course).progress.lessons[lesson.id];
  const given = new Set(entry?.hints ?? []);
  const isGiven = (hint: Hint) => given.has(lesson.hints.indexOf(hint));
  const order = hintOrder(lesson, entry);
  const hint = order.find((one) => !isGiven(one)) ?? order.at(-1);
  if (!hint) return undefined;
  const before = order.filter((one) => one !== hint && isGiven(one)).length;
  return { hint, place: before + 1, of: order.length };
}
