import { earlyExit } from '../../grading/explain/early-exit';
import { fail, quote } from '../../grading/finding';
import type { Keyspace } from '../../grading/program/keyspace';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import { expectListening } from '../still-listening';
import { expectJobsOfType, type Job, jobsIn } from './jobs';
import { expectRightUse } from './misuse';

/** Lets the next job's id be one more than this, so that ids cannot be known before. */
export async function startIdsAfter(redis: Keyspace, id: number): Promise<void> {
  await redis.set('q:ids', String(id));
}

/**
 * Waits until the program has reported that many jobs, or will not do anything more by itself.
 * @throws CheckFailure where it crashed
 */
export async function waitForCreatedJobs(
  task: Task,
  running: ProgramRun,
  count: number,
  isCreatedLine: (line: string) => boolean,
): Promise<void> {
  const created = () => running.outputLines.filter(isCreatedLine).length;
  await running.waitUntil(() => created() >= count, { timers: 0 });
  await running.waitForIdle(0);
  expectRightUse(task, running);
  running.expectNoCrash(task.file);
}

/**
 * The jobs of a type that the program saved.
 * @throws CheckFailure where there is none, naming what was done in its place
 */
export async function expectSavedJobs(
  task: Task,
  running: ProgramRun,
  type: string,
): Promise<Job[]> {
  if ((await jobsIn(task.redis)).length === 0) await explainNoJob(task, running);
  const next = `Give ${quote(type)} to queue.create() as its first argument.`;
  return expectJobsOfType(task.redis, type, next, task.source.lineOfCall('create'));
}

/**
 * No job was saved twice: kue counts an id for each call of save() on a job without one.
 * @param jobs how many the task asks for
 * @throws CheckFailure otherwise
 */
export function expectSavedOnce(task: Task, running: ProgramRun, jobs: number): void {
  const ids = running.commands('INCR').filter(([, key]) => key === 'q:ids').length;
  const created = task.source.countCalls('create') + task.source.countCalls('createJob');
  if (ids <= jobs || task.source.countCalls('save') <= created) return;
  fail({
    class: 'wrong-data',
    message: `save() is called ${ids} times for ${jobs === 1 ? 'one job' : `${jobs} jobs`}: each call puts the job into the queue again.`,
    next: 'Call save() once for each job, with the callback that prints its id.',
    at: { calls: ['save'] },
  });
}

/**
 * The program is there still, to hear of its jobs.
 * @throws CheckFailure where it has ended
 */
export function expectStillListening(running: ProgramRun): void {
  expectListening(
    running,
    'Let it run on: take out process.exit() or queue.shutdown(), or call it only when the jobs are settled.',
    { calls: ['exit', 'shutdown'] },
  );
}

async function explainNoJob(task: Task, running: ProgramRun): Promise<void> {
  const early = earlyExit(running.program);
  if (early) fail({ class: 'wrong-data', ...early });
  // What the check itself has set is none of the program's.
  const keys = (await task.redis.keys()).filter((key) => !key.startsWith('q:'));
  const prefixed = keys
    .map((key) => /^(.+):job:\d+$/.exec(key)?.[1])
    .find((prefix) => prefix !== undefined);
  if (prefixed !== undefined) {
    fail({
      class: 'wrong-data',
      message: `The job is kept under the prefix ${quote(prefixed)}, where no processor of the course looks for it.`,
      next: 'Take the option prefix out of createQueue(): kue’s own is “q”.',
      expected: 'q:job:…',
      seen: `${prefixed}:job:…`,
      at: { calls: ['createQueue'] },
    });
  }
  if (!running.commands().some(([, key]) => key === 'q:events')) {
    fail({
      class: 'wrong-data',
      message: 'Redis holds no job: the program makes no queue with kue.',
      next: 'Import kue, make a queue with createQueue(), and create the job in it.',
      ...(keys.length > 0 ? { seen: keys.join('\n') } : {}),
    });
  }
  const created = task.source.lineOfCall('create', 'createJob');
  if (created === undefined) {
    fail({
      class: 'wrong-data',
      message: 'The program creates no job: Redis holds none after the run.',
      next: 'Call queue.create() with the type and the data, then save() on the job that it returns.',
    });
  }
  const saved = task.source.lineOfCall('save');
  if (saved !== undefined) {
    // kue counts an id at the beginning of each save.
    if (running.commands('INCR').some(([, key]) => key === 'q:ids')) return;
    fail({
      class: 'wrong-data',
      message: 'Redis holds no job: the file has a call of save(), but it was never made.',
      next: 'Look at what stands around it: does the loop run, and over which objects?',
      line: saved,
    });
  }
  fail({
    class: 'wrong-data',
    message: 'A job is created but never saved: it is in the program only, Redis holds no job.',
    next: 'Call job.save(…): that puts it into the queue.',
    line: created,
  });
}
