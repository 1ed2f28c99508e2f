import { failureName } from '../../report/failure-names';
import { writeCsv } from '../roster/csv';
import type { ClassRow, ClassTable } from './class-table';
import { stateWords } from './state-words';

/** For which reader grades are written. */
export const gradesKinds = ['canvas', 'moodle', 'long'] as const;
export type GradesKind = (typeof gradesKinds)[number];

/**
 * A class's points as CSV. A learner without points has an empty cell: both learning platforms leave a
 * grade as it is there.
 * @param title what the assignment is called there
 */
export function gradesCsv(kind: GradesKind, table: ClassTable, title: string): string {
  const text = writeCsv(
    { canvas: canvasRows, moodle: moodleRows, long: longRows }[kind](table, title),
  );
  // Without it Excel takes UTF-8 for the letters of the machine's country.
  return kind === 'long' ? `\uFEFF${text}` : text;
}

/** Learners by whom neither an id nor an address says who they are on a learning platform. */
export function unknownThere({ rows }: ClassTable): string[] {
  return rows.flatMap(({ learner: { id, email, name } }) => (id || email ? [] : [name]));
}

type Row = (string | number)[];

/**
 * Canvas finds a learner by its own ID, which nobody has here, or by the SIS columns.
 * Form: https://community.instructure.com/en/kb/articles/660839 (How do I import grades in the Gradebook?)
 */
function canvasRows({ rows, mostPoints }: ClassTable, title: string): Row[] {
  // A number in round brackets at the end would be the id of some other assignment.
  const named = title.replace(/\((\d+)\)\s*$/, '[$1]');
  return [
    ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', named],
    ['    Points Possible', '', '', '', '', mostPoints],
    ...rows.map(({ learner, points }): Row => {
      const { name, id = '', email = '', section = '' } = learner;
      return [name, '', id, email, section, points ?? ''];
    }),
  ];
}

/**
 * Moodle asks which column finds a learner, and which is the grade.
 * Form: https://docs.moodle.org/en/Grade_import
 */
function moodleRows({ rows }: ClassTable, title: string): Row[] {
  return [
    ['Full name', 'ID number', 'Email address', title, `Feedback: ${title}`],
    ...rows.map((row): Row => {
      const { name, id = '', email = '' } = row.learner;
      return [name, id, email, row.points ?? '', feedback(row)];
    }),
  ];
}

function feedback(row: ClassRow): string {
  const failed = row.cells.flatMap(({ lesson, verdict, class: failure }) =>
    verdict === 'failed' && failure ? [`Lesson ${lesson}: ${failureName(failure)}`] : [],
  );
  return [stateWords(row), ...failed].filter((text) => text !== '').join('. ');
}

/** A line for each learner and lesson: for a spreadsheet. */
function longRows({ rows, lessons }: ClassTable): Row[] {
  return [
    longHead,
    ...rows.flatMap((row) =>
      row.cells.map((cell, at): Row => {
        const { name, id = '', email = '', section = '', folder, submission = '' } = row.learner;
        const { at: handedIn = '', due = '' } = row.learner;
        const line = cell.parts.find(({ finding }) => finding)?.finding?.line ?? '';
        return [
          ...[name, id, email, section, folder, submission, row.state, handedIn, due],
          row.late?.percent ?? 0,
          ...[cell.lesson, lessons[at]?.title ?? '', cell.verdict ?? ''],
          cell.verdict === undefined || cell.verdict === 'fault' ? '' : hundredths(cell.points),
          lessons[at]?.points ?? 0,
          ...[cell.class ?? '', cell.message ?? row.note ?? '', line],
        ];
      }),
    ),
  ];
}

const longHead = [
  ...['name', 'id', 'email', 'section', 'folder', 'submission', 'state', 'handed in', 'due'],
  ...['late percent', 'lesson', 'title', 'verdict', 'points', 'of', 'class', 'message', 'line'],
];

function hundredths(points: number): number {
  return Math.round(points * 100) / 100;
}
