import { nearest } from '../../grading/explain/edit-distance';
import { fail, quote } from '../../grading/finding';
import { waitUntilHeldUp } from '../../grading/program/held-up';
import type { ProgramRun } from '../../grading/program/program-run';
import { type Expected, matches } from '../../grading/program/transcript';
import { isWritten } from '../../grading/source/pattern';
import type { Task } from '../../grading/task';
import { expectListening } from '../still-listening';
import { historyOf } from './history';
import { expectRightUse, misuseBehind } from './misuse';
import { type Job, jobsIn, queuesIn } from './queue';
import { addedBy, isAdding } from './scripts';

/** How long a program that never comes to rest, as it asks for its job again and again, is watched, in milliseconds. */
const watching = 3_000;

/**
 * Waits until the program has printed so many lines of a kind, or will not do anything more by itself.
 * @throws CheckFailure where it crashed
 */
export async function waitForLines(
  task: Task,
  running: ProgramRun,
  line: Expected,
  count: number,
): Promise<void> {
  const printed = () => running.outputLines.filter((one) => matches(line, one)).length;
  await running.waitUntil(() => printed() >= count, { timers: 0 });
  await running.waitForIdle(0);
  expectRightUse(task, running);
}

/**
 * Keeps back the first job that each program adds until none of them can do anything more, and lets
 * it go then.
 * @param running just started
 * @param line what they print of a job when it is in the queue
 * @throws CheckFailure where one has printed it by then
 */
export async function expectNoLineBeforeJob(
  running: readonly ProgramRun[],
  line: Expected,
): Promise<void> {
  for (const { program } of running) program.tap.keepBackFrom(isAdding);
  await Promise.all(
    running.map((run) => run.waitUntil(() => run.program.tap.kept > 0, { timers: 0 })),
  );
  const adding = running.filter(({ program }) => program.tap.kept > 0);
  await waitUntilHeldUp(adding);
  const told = adding.flatMap(({ outputLines }) => outputLines).find((one) => matches(line, one));
  for (const { program } of running) program.tap.keepNothing();
  if (told === undefined) return;
  fail({
    class: 'wrong-output',
    message: 'The program tells of its job before the job is in the queue.',
    next: 'Print it only when the job is there, with the id that the job has got.',
    at: [{ prints: told }, { calls: ['add', 'addBulk'] }],
  });
}

/**
 * The jobs that the program has put into the queue, by their ids.
 * @throws CheckFailure where there is none, naming what was done in its place
 */
export async function expectAdded(task: Task, running: ProgramRun, queue: string): Promise<Job[]> {
  const ids = addedBy(running);
  const jobs = (await jobsIn(task.redis, queue)).filter(({ id }) => ids.includes(id));
  if (jobs.length > 0) return jobs;
  const others = (await queuesIn(task.redis)).filter((name) => name !== queue);
  const other = nearest(queue, others) ?? others[0];
  if (other !== undefined) {
    fail({
      class: 'wrong-data',
      message: `The program puts its job into the queue ${quote(other)}; the task’s is ${quote(queue)}.`,
      next: `Name the queue ${quote(queue)} to the letter, in the first argument of the Queue.`,
      expected: `bull:${queue}:…`,
      seen: `bull:${other}:…`,
      at: [{ text: other }, { code: 'new Queue($$$)' }],
      compared: [queue, other],
    });
  }
  return failWithoutJob(task, running, ids.length > 0);
}

async function failWithoutJob(task: Task, running: ProgramRun, added: boolean): Promise<never> {
  for (const line of running.outputLines) {
    const misuse = misuseBehind(task.source, line.replace(/^.*?Error: /, ''));
    if (misuse) fail({ class: 'crash', ...misuse, seen: line });
  }
  const prefixed = (await task.redis.keys()).find((key) => /^(?!bull:).*:meta$/.test(key));
  const told = added
    ? {
        message: 'The program adds its job, and Redis does not hold it any more.',
        next: 'Leave the job in the queue: remove nothing, and do not empty the queue.',
        at: { calls: ['remove', 'drain', 'obliterate', 'clean', 'flushall', 'flushdb'] },
      }
    : prefixed !== undefined
      ? {
          message: `The queue is kept under ${quote(prefixed.slice(0, -5))}, where no worker of the course looks for it.`,
          next: 'Take the option prefix out: BullMQ’s own is “bull”.',
          at: { names: [prefixed.split(':')[0] ?? ''] },
        }
      : isWritten(task.source, 'new Queue($$$)')
        ? {
            message:
              'The program makes a queue and adds no job to it: Redis holds none after the run.',
            next: 'Call await queue.add(name, data).',
            at: [{ calls: ['add', 'addBulk'] }, { code: 'new Queue($$$)' }],
          }
        : {
            message: 'Redis holds no job: the program makes no queue with BullMQ.',
            next: "Import Queue from 'bullmq', make one with its name, and add the job to it.",
          };
  fail({ class: 'wrong-data', ...told, seen: running.outputLines.join('\n') });
}

/**
 * Nobody has worked on a job: the program only adds them.
 * @throws CheckFailure where it works on them itself
 */
export async function expectLeftToOthers(task: Task, queue: string): Promise<void> {
  if (!(await historyOf(task.redis, queue)).some(({ event }) => event === 'active')) return;
  fail({
    class: 'requirement-not-met',
    message: 'The program works on its jobs itself; they are for another program.',
    next: 'Take the Worker out of this file.',
    at: { code: 'new Worker($$$)' },
  });
}

/**
 * The program is there still, to hear of its jobs.
 * @throws CheckFailure where it has ended
 */
export function expectStillListening(running: ProgramRun): void {
  expectListening(
    running,
    'Let it run on: close nothing and call no process.exit() before the jobs are settled.',
    [{ calls: ['exit', 'close', 'disconnect'] }, { calls: ['add', 'addBulk'] }],
  );
}

/**
 * The program waits for its own jobs: those of other programs in its queue are settled now.
 * @throws CheckFailure where that has ended it
 */
export async function expectNotEndedByOthers(running: ProgramRun): Promise<void> {
  const { program } = running;
  await running.waitUntil(() => program.exit !== undefined, { timers: 0, limit: watching });
  running.expectNoCrash();
  if (!program.exit) return;
  fail({
    class: 'wrong-output',
    message: 'The program ends at the job of another program, before its own is settled.',
    next: 'End it, or count, only if jobId is the id of a job of its own.',
    at: { calls: ['exit', 'close'] },
    seen: running.outputLines.join('\n'),
  });
}
