import type { FailureClass } from '../../grading/verdict';
import type { ClassRow, ClassTable } from './class-table';
import type { GradedPart } from './graded-submission';

/** What several learners have wrong in the same way. */
export interface FailureGroup {
  /** The lesson's name. */
  lesson: string;
  class: FailureClass;
  message: string;
  /** Whose it is, in the class's order; the same file of two learners counts for both. */
  rows: readonly ClassRow[];
  /** The first of them, to be seen side by side. */
  example: NonNullable<GradedPart['finding']>;
}

/** What nobody has handed in is no misunderstanding. */
const notTried: readonly FailureClass[] = ['missing-file', 'not-begun'];

/**
 * What the class has not understood: what failed, by lesson, class and message. The commonest first, and
 * of those that are equally common the earlier lesson.
 */
export function failureGroups({ lessons, rows }: ClassTable): FailureGroup[] {
  const groups = new Map<string, FailureGroup & { rows: ClassRow[] }>();
  for (const row of rows) {
    for (const { lesson, parts } of row.cells) {
      for (const { verdict, finding } of parts) {
        if (verdict !== 'failed' || !finding || notTried.includes(finding.class)) continue;
        const key = JSON.stringify([lesson, finding.class, finding.message]);
        const { class: failure, message } = finding;
        const group = groups.get(key) ?? {
          lesson,
          class: failure,
          message,
          rows: [],
          example: finding,
        };
        // Two files of one lesson may fail for one reason.
        if (group.rows.at(-1) !== row) group.rows.push(row);
        groups.set(key, group);
      }
    }
  }
  const order = new Map(lessons.map(({ name }, at) => [name, at]));
  const at = ({ lesson }: FailureGroup) => order.get(lesson) ?? 0;
  return [...groups.values()].sort(
    (one, other) => other.rows.length - one.rows.length || at(one) - at(other),
  );
}
