import { nearest } from '../../grading/explain/edit-distance';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import { settledBy, waitsOf } from './events';

/**
 * Waits until the program asks for a job, or will not do anything more by itself.
 * @throws CheckFailure where it crashed
 */
export async function waitUntilReady(task: Task, running: ProgramRun): Promise<void> {
  await running.waitUntil(() => waitsOf(task, running).length > 0, { timers: 0 });
  await running.waitForIdle();
  running.expectNoCrash();
}

/**
 * Waits until the program has brought these jobs to their end, or will not do anything more by
 * itself.
 * @returns whether all are at their end
 */
export function waitForJobs(running: ProgramRun, ids: readonly number[]): Promise<boolean> {
  return running.waitUntil(
    () => {
      const settled = settledBy(running);
      return ids.every((id) => settled.has(id));
    },
    { timers: 0 },
  );
}

/**
 * The program asks kue for jobs of the type.
 * @throws CheckFailure naming what it waits for in its place
 */
export function expectProcessing(task: Task, running: ProgramRun, type: string): void {
  const keys = [...new Set(waitsOf(task, running).map(({ key }) => key))];
  const wanted = `q:${type}:jobs`;
  if (keys.includes(wanted)) return;
  const types = keys.flatMap((key) => /^q:(.*):jobs$/.exec(key)?.[1] ?? []);
  const other = nearest(type, types) ?? types[0];
  const prefix = keys.find((key) => key.endsWith(`:${type}:jobs`))?.slice(0, -wanted.length + 1);
  const named = task.source.textArguments('process').find(({ text }) => text === other);
  const finding =
    other !== undefined
      ? {
          message: `The program processes the jobs of the type ${quote(other)}; the task’s type is ${quote(type)}.`,
          next: `Give ${quote(type)} to queue.process() as its first argument.`,
          line: named?.line,
          compared: [type, other] as const,
        }
      : prefix !== undefined
        ? {
            message: `The program looks for jobs under the prefix ${quote(prefix)}, where no creator of the course puts any.`,
            next: 'Take the option prefix out of createQueue(): kue’s own is “q”.',
            at: { calls: ['createQueue'] },
          }
        : keys[0] !== undefined
          ? {
              message: `The program waits at the Redis list ${quote(keys[0])} itself, where kue puts no jobs.`,
              next: 'Take the jobs out of a queue of kue: queue.process(type, …).',
            }
          : neverAsks(task, type);
  fail({
    class: 'wrong-command',
    ...finding,
    expected: `BLPOP ${wanted} 0`,
    seen: running.commandLines('BLPOP'),
  });
}

function neverAsks(task: Task, type: string) {
  const none = task.source.literalArguments('process').find(({ values }) => values[1] === 0);
  if (none) {
    return {
      message: 'The program never asks for a job: queue.process() is told to take 0 at a time.',
      next: 'Leave the number out, for one at a time, or give how many are wanted.',
      line: none.line,
    };
  }
  const line = task.source.lineOfCall('process');
  const why =
    line === undefined
      ? 'queue.process() is not called'
      : 'the call of queue.process() is not reached';
  return {
    message: `The program never asks for a job: ${why}.`,
    next: `Call queue.process('${type}', (job, done) => …) at the top level of the file.`,
    line,
  };
}

/**
 * As many jobs of the type are in hand at a time as asked for: the workers that wait for one.
 * @throws CheckFailure where there are more or fewer
 */
export function expectConcurrency(
  task: Task,
  running: ProgramRun,
  type: string,
  count: number,
): void {
  const waits = waitsOf(task, running).filter(({ key, open }) => open && key === `q:${type}:jobs`);
  if (waits.length === count) return;
  const jobs = (number: number) => (number === 1 ? 'one job' : `${number} jobs`);
  fail({
    class: 'wrong-command',
    message: `The program takes ${jobs(waits.length)} at a time; the task asks for ${count}.`,
    next: `Give ${count} to queue.process() as its second argument, before the function.`,
    expected: Array.from({ length: count }, () => `BLPOP q:${type}:jobs 0`).join('\n'),
    seen: running.commandLines('BLPOP'),
    at: { calls: ['process'] },
  });
}

/**
 * The program is there still, to take the next job.
 * @throws CheckFailure where it has ended
 */
export function expectStillWorking(running: ProgramRun): void {
  running.expectNoCrash();
  if (!running.program.exit) return;
  fail({
    class: 'requirement-not-met',
    message:
      'The program ends by itself; a processor goes on waiting for jobs until it is stopped.',
    next: 'Take out what ends it, such as process.exit() or queue.shutdown().',
    seen: running.outputLines.join('\n'),
  });
}

/**
 * A function of that name is declared, takes that much, and is used.
 * @throws CheckFailure otherwise
 */
export function expectFunctionInUse(task: Task, name: string, parameters: readonly string[]): void {
  task.source.expectFunction(name);
  const count = task.source.parameters(name);
  if (count !== undefined && count < parameters.length) {
    fail({
      class: 'requirement-not-met',
      message: `The function ${name} takes ${count === 1 ? 'one argument' : `${count} arguments`}; the task asks for ${parameters.length}.`,
      next: `Let it take ${parameters.join(', ')}, in this order.`,
    });
  }
  task.source.expectParameterOrder(name, parameters);
  if (task.source.isUsed(name)) return;
  fail({
    class: 'requirement-not-met',
    message: `The function ${name} is declared, but nothing calls it.`,
    next: 'Call it for each job, in the function that queue.process() gets.',
  });
}
