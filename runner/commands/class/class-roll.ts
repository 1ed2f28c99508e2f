import { type Learner, learnersBelow } from '../../class/roster/learner';
import { readRoster } from '../../class/roster/roster';
import { UsageError } from '../../course/usage-error';
import type { Session } from '../session';

/**
 * Who is in a class: those below the folders named, or on the roster.
 * @param command as it is typed
 * @throws UsageError if there is nobody, or the roster cannot be read
 */
export function learnersOf(
  { options }: Session,
  given: readonly string[],
  command: 'grade' | 'watch',
): Learner[] {
  const { roster, due } = options;
  if (roster !== undefined && given.length === 0) return readRoster(roster, due);
  if (roster === undefined && given.length > 0) {
    const date = due ? { due: due.toISOString() } : {};
    return learnersBelow(given).map((learner) => ({ ...learner, ...date }));
  }
  throw new UsageError(
    'A class is named by the folder that its folders are in, or by a roster.',
    `Write "class ${command} FOLDER" or "class ${command} --roster FILE".`,
  );
}
