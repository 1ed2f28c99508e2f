import os from 'node:os';
import type { ClassProgress } from '../../class/class-grading';
import type { ClassLearner, ClassRecord } from '../../class/class-record';
import { gradeClass } from '../../class/grade-class';
import { graderFingerprint } from '../../class/grader-fingerprint';
import { ClassQueue } from '../../class/queue/class-queue';
import { queueName } from '../../class/queue/terms';
import { type ClassTable, classTable } from '../../class/results/class-table';
import { ResultsFolder } from '../../class/results/results-folder';
import { terminalFailures } from '../../class/results/terminal-failures';
import { terminalTable } from '../../class/results/terminal-table';
import { type Learner, learnersBelow } from '../../class/roster/learner';
import { readRoster } from '../../class/roster/roster';
import { Places } from '../../class/submission/places';
import type { GradingTerms } from '../../class/submission/submission';
import type { Listener } from '../../class/worker/worker-event';
import { WorkerProcesses } from '../../class/worker/worker-processes';
import type { Lesson } from '../../course/lesson';
import { UsageError } from '../../course/usage-error';
import { redisLine } from '../grade-lessons';
import { takingEnds } from '../interrupt';
import { type ExitCode, Interruption, type Session } from '../session';
import { ClassLine } from './class-line';
import { followClass } from './class-progress';
import { columnsOfClass, coursesOfClass } from './class-scope';
import { openOutsideView } from './outside-view';
import { openQueuePlace, type QueuePlace } from './queue-place';

/** How many of the commonest failures stand below the table; "class results" has all. */
const fewFailures = 5;

/**
 * `class grade FOLDER…`, or --roster FILE: grades each learner's folder as a job on a queue, by workers of its own, as many
 * as the machine has cores. What is graded already is not graded again.
 * @throws Interruption after Ctrl-C, once what was in hand is graded
 */
export async function gradeFolders(session: Session, given: readonly string[]): Promise<ExitCode> {
  const learners = learnersOf(session, given);
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
  const courses = await coursesOfClass(session, learners, places);
  const lessons = courses.flatMap((course) => course.lessons);
  const results = new ResultsFolder(session.options.out);
  results.make();
  const [programs, chosen] = await Promise.all([
    session.with({ redis: undefined }).redis(),
    session.isolation(),
  ]);
  const terms: GradingTerms = {
    lessons: lessons.map((lesson) => session.addressOf(lesson)),
    checks: graderFingerprint(session.shelf.courses),
    redis: programs.kind,
    isolation: chosen.isolation,
  };
  session.say(redisLine(session, programs, chosen));
  const progress: ClassProgress = { all: learners.length, done: 0, known: 0 };
  const line = new ClassLine(progress, performance.now());
  const place = await openQueuePlace(session.options.redis);
  const outside = await openOutsideView(session, place.url, queueName(terms));
  const stopFollowing = await followClass(session, line);
  const { tell } = outside;
  const work: ClassWork = {
    session,
    place,
    terms,
    lessons,
    learners,
    results,
    places,
    progress,
    tell,
  };
  const { read, isWhole } = await takingEnds(session.signal, (stop) => graded(work, stop)).finally(
    async () => {
      stopFollowing();
      outside.close();
      await place.close();
    },
  );
  const record: ClassRecord = {
    schema: 1,
    gradedAt: new Date().toISOString(),
    title: courses.map(({ title }) => title).join(', '),
    lessons: columnsOfClass(session, lessons),
    learners: read,
    ...lateRule(session),
  };
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

/** @throws UsageError if there is nobody, or the roster cannot be read */
function learnersOf({ options }: Session, given: readonly string[]): Learner[] {
  const { roster, due } = options;
  if (roster !== undefined && given.length === 0) return readRoster(roster, due);
  if (roster === undefined && given.length > 0) {
    const date = due ? { due: due.toISOString() } : {};
    return learnersBelow(given).map((learner) => ({ ...learner, ...date }));
  }
  throw new UsageError(
    'A class is named by the folder that its folders are in, or by a roster.',
    'Write "class grade FOLDER" or "class grade --roster FILE".',
  );
}

function lateRule({ options }: Session): Pick<ClassRecord, 'lateness'> {
  const { grace = 0, late = 0 } = options;
  return late > 0 ? { lateness: { graceMinutes: grace, percentADay: late } } : {};
}

interface ClassWork {
  session: Session;
  place: QueuePlace;
  terms: GradingTerms;
  lessons: readonly Lesson[];
  learners: readonly Learner[];
  results: ResultsFolder;
  places: Places;
  progress: ClassProgress;
  tell: Listener;
}

/** @param stop aborted when what is in hand is to be finished, and no more */
async function graded(
  { session, place, tell, learners, ...request }: ClassWork,
  stop: AbortSignal,
): Promise<{ read: ClassLearner[]; isWhole: boolean }> {
  const { course, offline = false, workers: count } = session.options;
  const { isolation } = request.terms;
  const name = queueName(request.terms);
  const queue = new ClassQueue(place.url, place.client, name);
  const workers = new WorkerProcesses(
    {
      url: place.url,
      queue: name,
      offline,
      isolation,
      ...(course === undefined ? {} : { course }),
    },
    count ?? os.availableParallelism(),
    tell,
  );
  const end = new AbortController();
  const finish = async () => {
    if (!session.signal.aborted) {
      session.note('Finishing what is in hand; the next Ctrl-C stops at once.');
      await workers.finish();
      await queue.look();
    }
    end.abort();
  };
  stop.addEventListener('abort', () => void finish(), { once: true });
  session.signal.addEventListener('abort', () => end.abort(), { once: true });
  try {
    await queue.ready();
    const signal = end.signal;
    const grading = gradeClass(learners, { ...request, queue, stop, signal });
    const read = await Promise.race([grading, workers.failure]);
    return { read, isWhole: !stop.aborted };
  } finally {
    await workers.handBack();
    await queue.close();
  }
}

/** 3 if whoever grades failed anybody, 1 if a folder could not be taken, otherwise 0. */
function exitCodeOf({ rows }: ClassTable): ExitCode {
  if (rows.some(({ state }) => state === 'fault')) return 3;
  return rows.some(({ state }) => state === 'refused') ? 1 : 0;
}
