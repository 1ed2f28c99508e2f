import { junitMark } from '../../report/junit';
import { junitFailure } from '../../report/junit-failure';
import { xml } from '../../report/xml';
import type { ClassCell, ClassRow, ClassTable } from './class-table';

/**
 * A class as JUnit XML: a suite for each learner, a case for each lesson. What does not pass is a failure,
 * a missing file too; what could not be taken or graded is an error, and what is not graded yet is skipped.
 * @param at when it was graded, an ISO date
 */
export function classJunit(table: ClassTable, at: string): string {
  const titles = new Map(table.lessons.map(({ name, title }) => [name, `${name} ${title}`]));
  const suites = table.rows.map((row) => suiteOf(row, titles, at));
  const all = suites.flatMap(({ cases }) => cases);
  return `<?xml version="1.0" encoding="UTF-8"?>
${junitMark} ${counts(all)}>
${suites.map(({ text }) => `${text}\n`).join('')}</testsuites>
`;
}

interface TestCase {
  text: string;
  outcome: 'passed' | 'failure' | 'error' | 'skipped';
}

function suiteOf(
  row: ClassRow,
  titles: ReadonlyMap<string, string>,
  at: string,
): { text: string; cases: TestCase[] } {
  const { learner, points } = row;
  const cases = row.cells.map((cell) => caseOf(row, cell, titles.get(cell.lesson) ?? cell.lesson));
  const properties = [
    ['id', learner.id],
    ['section', learner.section],
    ['points', points === undefined ? undefined : String(points)],
  ].flatMap(([key = '', value]) =>
    value === undefined ? [] : `      <property name="${key}" value="${xml(value)}"/>\n`,
  );
  const inside =
    properties.length === 0 ? '' : `    <properties>\n${properties.join('')}    </properties>\n`;
  const text = `  <testsuite name="${xml(learner.name)}" ${counts(cases)} skipped="${count(cases, 'skipped')}" timestamp="${xml(at)}">
${inside}${cases.map((one) => `${one.text}\n`).join('')}  </testsuite>`;
  return { text, cases };
}

function caseOf({ learner, state, note = '' }: ClassRow, cell: ClassCell, title: string): TestCase {
  const head = `    <testcase classname="${xml(learner.name)}" name="${xml(title)}"`;
  const made = (outcome: TestCase['outcome'], inside: string): TestCase => ({
    outcome,
    text: `${head}>\n${inside}\n    </testcase>`,
  });
  const { verdict, message = note, parts } = cell;
  if (verdict === 'passed') return { outcome: 'passed', text: `${head}/>` };
  if (verdict === 'fault' || (verdict === undefined && state !== 'waiting')) {
    const type = state === 'refused' ? 'not-taken' : 'grader-fault';
    return made('error', `      <error type="${type}" message="${xml(message)}"/>`);
  }
  if (verdict === undefined) return made('skipped', '      <skipped>not graded yet</skipped>');
  return made('failure', junitFailure(...parts.map(({ finding }) => finding)));
}

function counts(cases: readonly TestCase[]): string {
  return `tests="${cases.length}" failures="${count(cases, 'failure')}" errors="${count(cases, 'error')}"`;
}

function count(cases: readonly TestCase[], outcome: TestCase['outcome']): number {
  return cases.filter((one) => one.outcome === outcome).length;
}
