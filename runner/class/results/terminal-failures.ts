import { failureName } from '../../report/failure-names';
import { sanitize, sanitizeProse } from '../../report/terminal/invisible';
import type { Screen } from '../../report/terminal/screen';
import { wrap } from '../../report/terminal/wrap';
import type { ClassTable } from './class-table';
import { type FailureGroup, failureGroups } from './failure-groups';

/**
 * What the class has not understood, the commonest first; empty if nothing failed.
 * @param most how many to name; all without it
 */
export function terminalFailures(table: ClassTable, screen: Screen, most = Infinity): string {
  const groups = failureGroups(table);
  if (groups.length === 0) return '';
  const { paint } = screen;
  const graded = table.rows.filter(({ state }) => state === 'graded').length;
  const shown = groups.slice(0, most).flatMap((group) => groupLines(group, graded, screen));
  const left = groups.length - most;
  return [
    paint('bold', '  What the class has not understood'),
    ...shown,
    ...(left > 0 ? [paint('dim', `  and ${left} more: "class results" has them all`)] : []),
  ].join('\n');
}

function groupLines(
  { lesson, class: failure, message, rows }: FailureGroup,
  graded: number,
  { width, paint, glyphs }: Screen,
): string[] {
  const head = `${rows.length} of ${graded}, lesson ${lesson}, ${failureName(failure)}`;
  const names = rows.slice(0, mostNames).map(({ learner }) => learner.name);
  const others = rows.length - names.length;
  const who = [...names, ...(others > 0 ? [`${others} more`] : [])].join(', ');
  return [
    '',
    `  ${paint('red', head)}`,
    ...wrap(sanitizeProse(message, glyphs), width, '    '),
    ...wrap(sanitize(who, glyphs), width, '    ').map((line) => paint('dim', line)),
  ];
}

const mostNames = 12;
