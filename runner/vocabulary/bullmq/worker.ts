import ts from 'typescript';
import { nearest } from '../../grading/explain/edit-distance';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import { isWritten } from '../../grading/source/pattern';
import type { Task } from '../../grading/task';
import { mostActive, type QueueEvent } from './history';
import { expectRightUse, misuseBehind } from './misuse';
import { prefixesAskedBy, queuesAskedBy, settledAt, settledBy } from './scripts';

/**
 * Waits until the program has brought these jobs to their end, or will not do anything more by
 * itself.
 * @returns whether all are at their end
 */
export async function waitForSettled(
  running: ProgramRun,
  ids: readonly string[],
): Promise<boolean> {
  const areSettled = () => {
    const settled = new Set(settledBy(running));
    return ids.every((id) => settled.has(id));
  };
  return running.waitUntil(areSettled, { timers: 0 });
}

/**
 * The program asks for jobs of the queue.
 * @throws CheckFailure naming what it does in its place
 */
export function expectWorking(task: Task, running: ProgramRun, queue: string): void {
  expectRightUse(task, running);
  const asked = queuesAskedBy(running);
  if (asked.includes(queue)) return;
  const [elsewhere] = prefixesAskedBy(running);
  if (elsewhere !== undefined) {
    fail({
      class: 'wrong-command',
      message: `The Worker looks for jobs under the prefix ${quote(elsewhere)}, where no program of the course puts any.`,
      next: 'Take the option prefix out: BullMQ’s own is “bull”.',
      at: [{ names: ['prefix'] }, { code: 'new Worker($$$)' }],
    });
  }
  const other = nearest(queue, asked) ?? asked[0];
  if (other !== undefined) {
    fail({
      class: 'wrong-command',
      message: `The program works on the queue ${quote(other)}; the task’s is ${quote(queue)}.`,
      next: `Name the queue ${quote(queue)} to the letter, in the first argument of the Worker.`,
      expected: queue,
      seen: other,
      at: [{ text: other }, { code: 'new Worker($$$)' }],
      compared: [queue, other],
    });
  }
  for (const line of running.outputLines) {
    const misuse = misuseBehind(task.source, line.replace(/^.*?Error: /, ''));
    if (misuse) fail({ class: 'crash', ...misuse, seen: line });
  }
  const idle = isWritten(task.source, 'new Worker($$$)');
  fail({
    class: 'wrong-command',
    message: idle
      ? 'The program makes a Worker that never asks for a job of the queue.'
      : 'The program never asks for a job: it makes no Worker.',
    next: idle
      ? 'Let it run: take out what ends or pauses it, or autorun: false without a call of run().'
      : `Write new Worker(${quote(queue)}, async (job) => { … }, { connection: {} }).`,
    at: [{ calls: ['exit', 'pause', 'close'] }, { code: 'new Worker($$$)' }],
  });
}

/**
 * Each of these jobs was completed.
 * @throws CheckFailure with the first that failed, waits, or is still in hand
 */
export function expectCompleted(
  task: Task,
  history: readonly QueueEvent[],
  ids: readonly string[],
): void {
  for (const id of ids) {
    const own = history.filter((one) => one.id === id);
    const failed = own.find(({ event }) => event === 'failed');
    if (failed) failWithJob(task, id, failed.fields.failedReason ?? '');
    if (own.some(({ event }) => event === 'completed')) continue;
    const last = own.findLast(({ event }) => /^(waiting|active|delayed|stalled)$/.test(event));
    const state = last?.event ?? 'waiting';
    if (state !== 'active' && task.source.mentions('limiter')) failLimited();
    fail({
      class: 'wrong-data',
      message:
        state === 'active'
          ? `The job ${id} stays “active”: what the Worker’s function returns never comes to its end.`
          : `The job ${id} is never done: it is left “${state}”.`,
      next:
        state === 'active'
          ? 'Let the function of the Worker return, or its promise resolve, when the notification is sent.'
          : 'Let the Worker run on until all jobs are done.',
      at: { code: 'new Worker($$$)' },
      seen: own.map(({ event }) => event).join('\n'),
    });
  }
}

/** How far behind what it printed before a command a program's line may be read, in milliseconds. */
const tolerance = 10;

/**
 * What is printed for a job stands there before the job is completed.
 * @param lines each job's, by its id; one that is missing is not judged
 * @throws CheckFailure where most of them come after it
 */
export function expectPrintedBeforeEnd(
  running: ProgramRun,
  lines: ReadonlyMap<string, string>,
): void {
  const ends = settledAt(running);
  const late = [...lines].filter(([id, line]) => {
    const printed = running.program.output.find(({ text }) => text === line)?.at ?? 0;
    return printed > (ends.get(id) ?? Number.POSITIVE_INFINITY) + tolerance;
  });
  const [first] = late;
  // One line may be read late on a machine under load; nothing holds back one after the other.
  if (!first || late.length <= lines.size / 2) return;
  const [id, line] = first;
  fail({
    class: 'wrong-data',
    message: 'A job is completed before its work is done: the line for it is printed later.',
    next: 'Await all of the work in the function of the Worker: the job is completed when that returns, or when its promise resolves.',
    at: [{ code: 'new Worker($$$)' }],
    expected: `${line}\njob ${id}: completed`,
    seen: `job ${id}: completed\n${line}`,
  });
}

/** @throws CheckFailure always: the Worker waits with the job for the sake of its limiter */
function failLimited(): never {
  fail({
    class: 'wrong-data',
    message: 'A job is left waiting, as the Worker’s limiter lets it do no more for now.',
    next: 'Take the option limiter out: the jobs can be done as they come.',
    at: [{ names: ['limiter'] }, { code: 'new Worker($$$)' }],
  });
}

function failWithoutMessage(id: string): never {
  fail({
    class: 'wrong-data',
    message: `The job ${id} fails without a message: what is thrown, or what a promise is rejected with, is no Error.`,
    next: 'Throw an Error, which takes the message: throw new Error(…).',
    at: [{ calls: ['reject'] }, { code: 'throw $' }, { code: 'new Worker($$$)' }],
    seen: `job ${id}: failed null`,
  });
}

/** @throws CheckFailure always: the job failed for this reason */
export function failWithJob(task: Task, id: string, reason: string): never {
  // What BullMQ notes of something thrown that has no message.
  if (reason === 'null') failWithoutMessage(id);
  const misuse = misuseBehind(task.source, reason);
  const seen = `job ${id}: failed ${reason}`;
  if (misuse) fail({ class: 'wrong-data', ...misuse, seen });
  const [, name] = /^(\w+) is not defined$/.exec(reason) ?? [];
  const field = /\(reading '(\w+)'\)|destructure property '(\w+)'/.exec(reason);
  fail({
    class: 'wrong-data',
    message: `The job ${id} fails with “${reason}”; it should be completed.`,
    next:
      name !== undefined
        ? `Declare ${name}, or read it from where it is: what a job carries is in job.data.`
        : field
          ? 'Look at what that is read from: what a job carries is in job.data.'
          : 'Look for what throws that error, or rejects with it.',
    at: name === undefined ? [{ throws: reason }, { code: 'new Worker($$$)' }] : { names: [name] },
    seen,
  });
}

/**
 * As many jobs are in hand at once as asked for, when there are most.
 * @throws CheckFailure where there are more or fewer
 */
export function expectAtOnce(task: Task, history: readonly QueueEvent[], count: number): void {
  const most = mostActive(history);
  if (most === count) return;
  // A function that never waits may be at its end before the next job comes.
  const written = task.source.nodes.some(
    (node) =>
      ts.isPropertyAssignment(node) &&
      node.getText() === `concurrency: ${count}` &&
      !isWithinConnection(node),
  );
  if (most < count && written) return;
  fail({
    class: 'wrong-data',
    message: `The program does ${most === 1 ? 'one job' : `${most} jobs`} at a time; the task asks for ${count}.`,
    next: `Give the Worker, in its third argument, the option concurrency with the number ${count}.`,
    at: [{ names: ['concurrency'] }, { code: 'new Worker($$$)' }],
    expected: `${count} at a time`,
    seen: `${most} at a time`,
  });
}

/**
 * The program is there still, to take the next job.
 * @throws CheckFailure where it has ended
 */
export function expectStillWorking(task: Task, running: ProgramRun): void {
  expectRightUse(task, running);
  if (!running.program.exit) return;
  fail({
    class: 'requirement-not-met',
    message: 'The program ends by itself; a worker goes on waiting for jobs until it is stopped.',
    next: 'Take out what ends it, such as process.exit() or worker.close().',
    at: { calls: ['exit', 'close'] },
    seen: running.outputLines.join('\n'),
  });
}

/** What stands in the option `connection` is for the client of Redis, which passes over what it does not know. */
function isWithinConnection(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isStatement(at); at = at.parent) {
    if (ts.isPropertyAssignment(at) && at.name.getText() === 'connection') return true;
  }
  return false;
}
