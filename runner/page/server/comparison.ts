import path from 'node:path';
import type { Session } from '../../commands/session';
import { hasPassed, ownVersion, snapshotText, sourceOf, versionsOf } from '../../commands/solution';
import { isSnapshot, type Lesson } from '../../course/lesson';
import { UsageError } from '../../course/usage-error';
import type { Comparison } from '../protocol';
import { readText } from './lesson-text';

/**
 * The workbook's versions of a lesson's files beside the learner's.
 * @param confirmed the learner has said that it is meant, which a lesson takes that was not passed
 * @throws UsageError without that, and where nothing goes further than the task
 */
export function comparisons(
  session: Session,
  lesson: Lesson,
  { confirmed, further }: { confirmed: boolean; further: boolean },
): Comparison[] {
  const own = session.of(lesson).with({ further });
  if (!confirmed && !hasPassed(own, lesson)) {
    throw new UsageError('You have not passed yet.', 'Say that you want to see the answer.');
  }
  const title = further ? 'going further' : 'the worked version';
  return versionsOf(own, lesson).map(({ name, file }): Comparison => {
    const label = path.basename(file);
    if (isSnapshot(lesson, name)) {
      return { name, label, title, other: '', remark: readText(snapshotText(file, lesson)) };
    }
    const mine = ownVersion(lesson, own.workspace.folder, name);
    return {
      name,
      label,
      title,
      other: sourceOf(file),
      ...(mine === undefined ? {} : { mine: sourceOf(mine) }),
    };
  });
}
