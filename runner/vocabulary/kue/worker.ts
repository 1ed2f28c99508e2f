import ts from 'typescript';
import { nearest } from '../../grading/explain/edit-distance';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import { findFunction } from '../../grading/source/functions';
import { matching } from '../../grading/source/pattern';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';
import { activeJobs, settledBy, waitsOf } from './events';
import { expectRightUse } from './misuse';

/**
 * Waits until the program asks for a job, or will not do anything more by itself.
 * @throws CheckFailure where it crashed
 */
export async function waitUntilReady(task: Task, running: ProgramRun): Promise<void> {
  await running.waitUntil(() => waitsOf(task, running).length > 0, { timers: 0 });
  await running.waitForIdle();
  expectRightUse(task, running);
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
          : neverAsks(task, running, type);
  fail({
    class: 'wrong-command',
    ...finding,
    expected: `BLPOP ${wanted} 0`,
    seen: running.commandLines('BLPOP'),
  });
}

function neverAsks(task: Task, running: ProgramRun, type: string) {
  const never = 'The program never asks for a job';
  const { source } = task;
  const none = source.literalArguments('process').find(({ values }) => values[1] === 0);
  if (none) {
    return {
      message: `${never}: queue.process() is told to take 0 at a time.`,
      next: 'Leave the number out, for one at a time, or give how many are wanted.',
      line: none.line,
    };
  }
  const call = processCalls(source)[0];
  const asked = `queue.process('${type}', (job, done) => …)`;
  const listener = source.textArguments('on').find(({ text }) => text === type);
  if (!call && listener) {
    return {
      message: `${never}: on() listens for an event, and ${quote(type)} is a type of jobs.`,
      next: 'Write process in place of on.',
      line: listener.line,
    };
  }
  if (!call) {
    return {
      message: `${never}: queue.process() is not called.`,
      next: `Call ${asked} at the top level of the file.`,
    };
  }
  const line = source.lineOf(call);
  const [first, second] = call.arguments;
  if (first && ts.isFunctionLike(first)) {
    return {
      message: `${never} of a type: queue.process() gets a function only.`,
      next: `Give it the type first: ${asked}.`,
      line,
    };
  }
  if (second && ts.isObjectLiteralExpression(second)) {
    return {
      message: `${never}: queue.process() gets an object where kue wants the number of jobs at a time.`,
      next: 'Write the number itself as the second argument, before the function.',
      line,
    };
  }
  const last = call.arguments.at(-1);
  const made =
    last && ts.isCallExpression(last) && ts.isIdentifier(last.expression)
      ? last.expression.text
      : undefined;
  const called = made === undefined ? undefined : findFunction(source.nodes, made);
  // What a function of the file returns may be a function.
  if (called && !/=>[\s\S]*=>|\breturn\b/.test(called.getText())) {
    return {
      message: `${never}: queue.process() gets what ${made}() returns, which is no function.`,
      next: 'Give it a function that makes the call for each job: (job, done) => { … }.',
      line,
    };
  }
  const [exit] = matching(source, 'process.exit($$$)').map((one) => source.lineOf(one));
  if (running.program.exit && exit !== undefined) {
    return {
      message: `${never}: process.exit() in line ${exit} ends it before one can come.`,
      next: 'Take process.exit() out: a processor goes on waiting for jobs until it is stopped.',
      line: exit,
    };
  }
  return {
    message: `${never}: the call of queue.process() is not reached.`,
    next: `Call ${asked} at the top level of the file.`,
    line,
  };
}

/** The calls of `process` on something, from the top. */
function processCalls(source: Source): ts.CallExpression[] {
  return source.nodes.filter(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'process',
  );
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
  const busy = activeJobs(running).at(-1)?.length ?? 0;
  if (busy > 0 && waits.length + busy === count) ownJobs(running, busy);
  fail({
    class: 'wrong-command',
    ...miscounted(task.source, type, waits.length, count),
    expected: Array.from({ length: count }, () => `BLPOP q:${type}:jobs 0`).join('\n'),
    seen: running.commandLines('BLPOP'),
  });
}

/** @throws CheckFailure always: no worker is free for the jobs of others */
function ownJobs(running: ProgramRun, busy: number): never {
  const workers = busy === 1 ? 'A worker is' : `${busy} workers are`;
  fail({
    class: 'requirement-not-met',
    message: `${workers} busy with jobs that the program has created itself, and so not free for those of others.`,
    next: 'Take out what creates jobs here: they come from another program.',
    seen: running.outputLines.join('\n'),
    at: { calls: ['create', 'createJob'] },
  });
}

function miscounted(source: Source, type: string, seen: number, count: number) {
  const message = `The program takes ${seen === 1 ? 'one job' : `${seen} jobs`} at a time; the task asks for ${count}`;
  const next = `Give ${count} to queue.process() as its second argument, before the function.`;
  const calls = processCalls(source).filter(({ arguments: [first] }) => {
    return first && ts.isStringLiteralLike(first) && first.text === type;
  });
  const [call, ...more] = calls;
  if (call && more.length > 0) {
    const lines = calls.map((one) => source.lineOf(one));
    return {
      message: `${message}. The calls of queue.process() in the lines ${lines.join(' and ')} add up.`,
      next: `Call queue.process() once for the type, with ${count} as its second argument.`,
      line: lines.at(-1),
    };
  }
  const behind = call?.arguments.slice(2).find(ts.isNumericLiteral);
  if (behind && seen === 1) {
    return {
      message: `${message}. The ${behind.text} stands behind the function, where kue does not look.`,
      next,
      line: source.lineOf(behind),
    };
  }
  return { message: `${message}.`, next, at: { calls: ['process'] } };
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
    at: { calls: ['exit', 'shutdown'] },
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
