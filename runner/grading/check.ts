import type { Task } from './task';

/** Grades one file: returns where it is right, throws CheckFailure where it is not. */
export type PartCheck = (task: Task) => Promise<void>;

/** A lesson's check: for each of its files, by name without ending, what it must do. */
export type Check = Readonly<Record<string, PartCheck>>;

/** Declares a lesson's check; the default export of its check.ts. */
export function check(parts: Record<string, PartCheck>): Check {
  return parts;
}
