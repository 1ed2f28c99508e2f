import type { ClassRecord } from '../../../runner/class/class-record';
import type { ClassCell, ClassRow, ClassTable } from '../../../runner/class/results/class-table';
import type { GradedPart } from '../../../runner/class/results/graded-submission';

/** A class of any size whose table is filled without anything having been graded or stored. */
export function largeClass(
  size: number,
  lessons: number,
): { table: ClassTable; record: ClassRecord } {
  const columns = Array.from({ length: lessons }, (_, at) => ({
    name: at < firstCourse ? String(at) : `today/${at - firstCourse + 1}`,
    title: `Lesson ${at}`,
    points: 2,
  }));
  const rows = Array.from({ length: size }, (_, at) =>
    rowOf(
      at,
      columns.map(({ name }) => name),
    ),
  );
  return {
    table: { lessons: columns, mostPoints: 2 * lessons, rows },
    record: {
      schema: 1,
      gradedAt: '2026-11-30T12:00:00.000Z',
      title: 'Redis, and queues',
      lessons: columns,
      learners: rows.map(({ learner }) => learner),
    },
  };
}

const firstCourse = 14;

const firstNames = [
  'Ada',
  'Alan',
  'Grace',
  'Barbara',
  'Edsger',
  'Margaret',
  'Donald',
  '小龍',
  'Zoë',
];
const lastNames = [
  'Lovelace',
  'Turing',
  'Hopper',
  'Liskov',
  'Dijkstra',
  'Hamilton',
  'Knuth',
  '李',
  'Ångström-Featherstonehaugh',
];

function rowOf(at: number, lessons: readonly string[]): ClassRow {
  const first = firstNames[at % firstNames.length] ?? '';
  const last = lastNames[Math.floor(at / firstNames.length) % lastNames.length] ?? '';
  const name = `${first} ${last} ${at}`;
  const learner = {
    name,
    folder: `/class/${at}`,
    leftOut: [],
    submission: `s${String(at).padStart(40, '0')}`,
  };
  const none = lessons.map((lesson) => ({ lesson, points: 0, parts: [] }));
  if (at % 41 === 40) {
    return {
      learner,
      state: 'refused',
      cells: none,
      note: 'The folder holds too much to hand in: film.bin alone has 6.0 MB. Take away what no lesson asks for, and hand in again.',
    };
  }
  if (at % 61 === 60) {
    return {
      learner,
      state: 'fault',
      cells: none,
      note: 'The worker that graded it was killed 3 times.',
    };
  }
  const cells = lessons.map((lesson, column) => cellOf(lesson, (at * 7 + column * 13) % 19, at));
  const points = cells.reduce((sum, cell) => sum + cell.points, 0);
  const late = at % 17 === 3 ? { minutes: 90, percent: 10 } : undefined;
  return { learner, state: 'graded', cells, points, ...(late ? { late } : {}) };
}

function cellOf(lesson: string, chance: number, at: number): ClassCell {
  if (chance < 11) return { lesson, verdict: 'passed', points: 2, parts: [] };
  if (chance < 13) return { lesson, verdict: 'missing', points: 0, parts: [] };
  const message = messages[(chance + at) % messages.length] ?? '';
  const finding = {
    class: 'wrong-output' as const,
    message,
    next: 'Print what the task asks for, letter by letter.',
    expected: 'Redis client connected to the server\nReply: OK',
    seen: 'Redis client connected',
  };
  const failed: GradedPart = { file: `${lesson}-one.ts`, verdict: 'failed', finding };
  const isPart = chance === 18;
  const parts = isPart
    ? [failed, { file: `${lesson}-two.ts`, verdict: 'passed' as const }]
    : [failed];
  return {
    lesson,
    verdict: 'failed',
    points: isPart ? 1 : 0,
    class: finding.class,
    message,
    parts,
  };
}

const messages = [
  'KILL_SERVER is not logged.',
  'The program prints "Reply: 0", where the key was set before and the reply is 1.',
  'The queue’s name is not the one that the task asks for.',
  'The job never completes.',
];
