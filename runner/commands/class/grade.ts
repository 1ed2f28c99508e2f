import type { ClassProgress } from '../../class/class-grading';
import { gradeClass } from '../../class/grade-class';
import { type ClassTable, classTable } from '../../class/results/class-table';
import { terminalFailures } from '../../class/results/terminal-failures';
import { terminalTable } from '../../class/results/terminal-table';
import type { Learner } from '../../class/roster/learner';
import { Places } from '../../class/submission/places';
import { type ExitCode, Interruption, type Session } from '../session';
import { ClassLine } from './class-line';
import { learnersOf } from './class-roll';
import { setUpClass } from './class-setup';
import { withWorkers } from './class-workers';

/** How many of the commonest failures stand below the table; "class results" has all. */
const fewFailures = 5;

/**
 * `class grade FOLDER…`, or --roster FILE: grades each learner's folder as a job on a queue, by workers of its own, as many
 * as the machine has cores. What is graded already is not graded again.
 * @throws Interruption after Ctrl-C, once what was in hand is graded
 */
export async function gradeFolders(session: Session, given: readonly string[]): Promise<ExitCode> {
  const learners = learnersOf(session, given, 'grade');
  const places = new Places(session.signal);
  try {
    return await gradeLearners(session, learners, places);
  } finally {
    await places.close();
  }
}

async function gradeLearners(
  session: Session,
  learners: readonly Learner[],
  places: Places,
): Promise<ExitCode> {
  const { lessons, terms, results, recordOf } = await setUpClass(session, learners, places);
  const progress: ClassProgress = { all: learners.length, done: 0, known: 0 };
  const line = new ClassLine(progress, performance.now());
  const { result: read, isWhole } = await withWorkers(session, { terms, line }, (queue) =>
    gradeClass(learners, { ...queue, lessons, terms, results, places, progress }),
  );
  const record = recordOf(read);
  results.keepRecord(record);
  if (!isWhole) {
    session.note(
      `Stopped: ${progress.done} of ${progress.all} are done. The same command goes on.`,
    );
    throw new Interruption();
  }
  const table = classTable(record, results);
  session.say(terminalTable(table, session.screen));
  const failures = terminalFailures(table, session.screen, fewFailures);
  if (failures !== '') session.say(`\n${failures}`);
  return exitCodeOf(table);
}

/** 3 if whoever grades failed anybody, 1 if a folder could not be taken, otherwise 0. */
function exitCodeOf({ rows }: ClassTable): ExitCode {
  if (rows.some(({ state }) => state === 'fault')) return 3;
  return rows.some(({ state }) => state === 'refused') ? 1 : 0;
}
