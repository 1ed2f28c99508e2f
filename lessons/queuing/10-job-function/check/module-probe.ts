import path from 'node:path';
import {
  calledInExport,
  fail,
  type NextStep,
  type ProgramRun,
  quote,
  readReport,
  ruleNext,
  sameButInvisible,
  type Task,
} from '#grading';
import {
  type Acceptance,
  type ModuleReport,
  moduleReport,
  type Refusal,
} from './module-probe-protocol';

const peer = require.resolve('./module-probe-program');

/**
 * The module's default export is a function that throws this on anything but an array, and nothing
 * on the shortest of arrays.
 * @returns what the probe reports of it
 * @throws CheckFailure naming what it does instead
 */
export async function expectArraysOnly(task: Task, text: string): Promise<ModuleReport> {
  const answers = path.join(task.sandbox.folder, 'refusals.json');
  const running = await task.start(peer, {
    name: task.name,
    folder: task.folder,
    args: [task.file, answers],
  });
  await running.waitUntil(() => running.program.exit !== undefined);
  if (running.program.errors.length > 0) exportsItsResult(task);
  running.expectNoCrash(task.file);
  const report = readReport(answers, moduleReport);
  if (!report) {
    fail({
      class: 'crash',
      message: 'The program ends before the function can be called.',
      next: 'Take out process.exit(): the module should only declare and export the function.',
    });
  }
  if (report.exported !== 'function') {
    exportsItsResult(task);
    missingExport(report);
  }
  for (const refusal of report.refusals) judge(task, refusal, text);
  for (const acceptance of report.acceptances) takes(task, acceptance, text);
  return report;
}

/** Calls the function with these jobs and a real queue; it lives on until it is stopped. */
export function callWith(task: Task, jobs: readonly unknown[]): Promise<ProgramRun> {
  return task.start(peer, {
    name: task.name,
    folder: task.folder,
    args: [task.file, '-', JSON.stringify(jobs)],
  });
}

function missingExport({ named }: ModuleReport): never {
  const name = named.find((one) => one !== 'default');
  fail({
    class: 'missing-export',
    message:
      name === undefined
        ? 'The file exports no function: an import of it gets nothing.'
        : `The file exports ${quote(name)} by its name only; the task’s main program imports the default export.`,
    next: 'Write export default before the function, or module.exports = … at the end.',
    at: { names: name === undefined ? [] : [name] },
  });
}

function takes(
  task: Task,
  { input, jobs, threw, raw = '', swapped }: Acceptance,
  text: string,
): void {
  if (threw === undefined) return;
  if (swapped) {
    fail({
      class: 'wrong-output',
      message: `createPushNotificationsJobs(${input}, queue) throws ${quote(threw)}: the function takes the queue first, and the array second.`,
      next: 'Let it take the array first: (jobs, queue).',
      at: [{ names: ['createPushNotificationsJobs'] }, { throws: threw }],
    });
  }
  const call = `createPushNotificationsJobs(${input}, queue)`;
  const next = threw === text ? undefined : ruleNext(raw, task.file, task.course);
  if (next !== undefined) {
    const message = `${call} throws ${quote(threw)}.`;
    fail({ class: 'wrong-output', message, next, seen: raw, at: { throws: threw } });
  }
  const many = jobs === 0 ? 'an array too, though an empty one' : 'an array too, though of one job';
  fail({
    class: 'wrong-output',
    message: `${call} throws ${quote(threw)}: that is ${many}.`,
    next: 'Throw only where Array.isArray(jobs) is false, however long the array is.',
    expected: 'returns',
    seen: `throws Error: ${threw}`,
    line: task.source.lineOfText('array'),
    at: { throws: threw },
  });
}

/** Where the file calls the function in its own export, the mistake is that, not what it leads to. */
function exportsItsResult(task: Task): void {
  const name = 'createPushNotificationsJobs';
  const line = calledInExport(task.source, name);
  if (line === undefined) return;
  fail({
    class: 'missing-export',
    message: `The file calls ${name} where it exports it: what it exports is what that call gives.`,
    next: `Export the function itself, without brackets behind its name: export default ${name}.`,
    line,
  });
}

function judge(task: Task, refusal: Refusal, text: string): void {
  const call = `createPushNotificationsJobs(${refusal.input}, queue)`;
  const expected = `throws Error: ${text}`;
  const line = task.source.lineOfText('array');
  const threw = refusal.outcome === 'returned' ? undefined : refusal.message;
  const about =
    threw === undefined ? {} : { at: { throws: threw }, compared: [text, threw] as const };
  const wrong = (message: string, next: NextStep, seen: string): never =>
    fail({ class: 'wrong-output', message, next, expected, seen, line, ...about });
  const check = `Throw at the top of the function: if (!Array.isArray(jobs)) throw new Error('${text}').`;
  if (refusal.outcome === 'returned') {
    if (refusal.what === 'error') {
      wrong(
        `${call} returns an Error; it should throw it.`,
        'Write throw in place of return.',
        'returns an Error',
      );
    }
    if (refusal.what === 'promise') {
      wrong(
        `${call} returns a promise; it should throw at once.`,
        'Take async off the function: nothing in it has to wait.',
        'returns a promise',
      );
    }
    wrong(`${call} throws nothing.`, check, 'returns');
    return;
  }
  if (refusal.outcome === 'threw-other') {
    wrong(
      `${call} throws ${quote(refusal.message)}, which is no Error object.`,
      `Throw an object: throw new Error('${text}').`,
      `throws ${refusal.message}`,
    );
  }
  if (refusal.message === text) return;
  const invisible = sameButInvisible(refusal.message, text) ? ' (look at the spaces)' : '';
  wrong(
    `${call} throws ${quote(refusal.message)} where ${quote(text)} is asked for${invisible}.`,
    check,
    `throws Error: ${refusal.message}`,
  );
}
