import type { NextStep } from '../finding';
import { isWritten } from '../source/pattern';
import type { Source } from '../source/requirements';

/**
 * The first step that the file has not taken yet: what is done already is never asked for.
 * @param source nothing if the file is not code
 */
export function untakenStep(source: Source | undefined, next: NextStep): string {
  if (typeof next === 'string') return next;
  const isTaken = source && [next.unless].flat().some((pattern) => isWritten(source, pattern));
  return isTaken ? untakenStep(source, next.otherwise) : next.says;
}
