import path from 'node:path';
import {
  calledInExport,
  fail,
  matching,
  type NextStep,
  nearest,
  type ProgramRun,
  quote,
  ruleNext,
  sameButInvisible,
  type Task,
  ts,
} from '#grading';
import { misuseBehind } from '#vocabulary/kue/misuse';
import {
  type Acceptance,
  type ModuleReport,
  moduleReport,
  type Refusal,
} from './module-probe-protocol';
import { lineOfCondition, unthrown } from './refusal-source';

const peer = require.resolve('./module-probe-program');

/**
 * The module's default export is a function that throws this on anything but an array, and nothing
 * on the shortest of arrays.
 * @returns what the probe reports of it
 * @throws CheckFailure naming what it does instead
 */
export async function expectArraysOnly(task: Task, text: string): Promise<ModuleReport> {
  const running = await task.start(peer, {
    name: task.name,
    folder: task.folder,
    args: [task.file],
    drives: true,
    loads: [task.file],
  });
  await running.waitUntil(() => running.program.exit !== undefined);
  if (running.program.errors.length > 0) exportsItsResult(task);
  expectNoOtherFile(task, running);
  running.expectNoCrash(task.file);
  const report = running.told(moduleReport);
  if (!report) neverCalled(task);
  if (report.exported !== 'function') {
    exportsItsResult(task);
    missingExport(task, report);
  }
  turnedRound(task, report, text);
  for (const refusal of report.refusals) judge(task, refusal, text);
  for (const acceptance of report.acceptances) takes(task, acceptance, text);
  return report;
}

/** Calls the function with these jobs and a real queue; it lives on until it is stopped. */
export function callWith(task: Task, jobs: readonly unknown[]): Promise<ProgramRun> {
  return task.start(peer, {
    name: task.name,
    folder: task.folder,
    args: [task.file, JSON.stringify(jobs)],
    drives: true,
    loads: [task.file],
  });
}

/** @throws CheckFailure always: the module ends the program, or meddles with its end */
function neverCalled({ source }: Task): never {
  const exits = source.lineOfCall('exit') !== undefined;
  fail({
    class: 'crash',
    message: exits
      ? 'The program ends before the function can be called.'
      : 'The module does something of its own when the program ends: what the function did cannot be seen.',
    next: exits
      ? 'Take out process.exit(): the module should only declare and export the function.'
      : 'Take out all but the function and its export.',
    at: [{ calls: ['exit'] }, { code: "process.on('exit', $$$)" }],
  });
}

/** The file is the function's, and not its tests or the program that calls it. */
function expectNoOtherFile({ source, name }: Task, running: ProgramRun): void {
  const [error] = running.program.errors;
  if (!error) return;
  const [, word] = /^(describe|it|before|beforeEach) is not defined$/.exec(error.message) ?? [];
  if (word !== undefined) {
    fail({
      class: 'crash',
      message: `The file holds tests, and ${word}() is Mocha’s: ${name} is to hold the function.`,
      next: `Write the function here; the tests belong in ${name}.test.`,
      line: source.lineOfCall(word),
    });
  }
  const itself = source.nodes.find(
    (node) =>
      ts.isImportDeclaration(node) &&
      ts.isStringLiteral(node.moduleSpecifier) &&
      path.parse(node.moduleSpecifier.text.replace(/\.[cm]?[jt]s$/, '')).base === name,
  );
  if (!itself) return;
  fail({
    class: 'missing-export',
    message: 'The file imports itself: the function is looked for in the file that should hold it.',
    next: 'Write the function here and export it; the program that calls it is another file.',
    line: source.lineOf(itself),
  });
}

/** @throws CheckFailure where arrays are refused, and what is none is not */
function turnedRound({ source }: Task, report: ModuleReport, text: string): void {
  const [refusal] = report.refusals;
  const [acceptance] = report.acceptances;
  if (!refusal || acceptance?.threw !== text) return;
  if (refusal.outcome === 'threw' && refusal.message === text) return;
  fail({
    class: 'wrong-output',
    message: `createPushNotificationsJobs throws ${quote(text)} for ${acceptance.input}, which is an array, and not for ${refusal.input}, which is none.`,
    next: 'Let the condition be !Array.isArray(jobs).',
    line: lineOfCondition(source, text),
  });
}

/** The line of the learner's file that a stack names first. */
function lineIn(stack: string | undefined, file: string): number | undefined {
  const [, rest] = stack?.split(`${file}:`, 2) ?? [];
  const [, line] = /^(\d+)/.exec(rest ?? '') ?? [];
  return line === undefined ? undefined : Number(line);
}

function missingExport({ source }: Task, { named }: ModuleReport): never {
  const [misspelt] = matching(source, 'module.export = $');
  if (misspelt) {
    fail({
      class: 'missing-export',
      message: '“module.export” exports nothing: Node looks at module.exports, with an s.',
      next: 'Write module.exports.',
      line: source.lineOf(misspelt),
    });
  }
  const others = named.filter((one) => one !== 'default');
  const name = nearest('createPushNotificationsJobs', others) ?? others[0];
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
  { input, jobs, threw, raw = '', stack, swapped }: Acceptance,
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
  const misuse = misuseBehind(task.source, threw);
  if (misuse) fail({ class: 'wrong-output', ...misuse, seen: raw });
  const next = threw === text ? undefined : ruleNext(raw, task.file, task.course);
  if (next !== undefined) {
    const message = `${call} throws ${quote(threw)}.`;
    const line = lineIn(stack, task.file);
    fail({ class: 'wrong-output', message, next, seen: raw, at: { throws: threw }, line });
  }
  const many = jobs === 0 ? 'an array too, though an empty one' : 'an array too, though of one job';
  fail({
    class: 'wrong-output',
    message: `${call} throws ${quote(threw)}: that is ${many}.`,
    next: 'Throw only where Array.isArray(jobs) is false, however long the array is.',
    expected: 'returns',
    seen: `throws Error: ${threw}`,
    line: lineOfCondition(task.source, text) ?? task.source.lineOfText('array'),
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
  const cause = (refusal.outcome === 'returned' ? refusal.what === 'other' : isByItself(refusal))
    ? unthrown(task.source, text)
    : undefined;
  const because = (what: string, seen: string) =>
    cause
      ? fail({
          class: 'wrong-output',
          ...cause,
          message: `${what}. ${cause.message}`,
          expected,
          seen,
        })
      : wrong(`${what}.`, check, seen);
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
    because(`${call} throws nothing`, 'returns');
    return;
  }
  if (refusal.outcome === 'threw-other') {
    wrong(
      `${call} throws ${thrownAs(refusal.message)}, which is no Error object.`,
      `Throw an object: throw new Error('${text}').`,
      `throws ${refusal.message}`,
    );
  }
  if (refusal.message === text) return;
  const invisible = sameButInvisible(refusal.message, text) ? ' (look at the spaces)' : '';
  const seen = `throws Error: ${refusal.message}`;
  if (isByItself(refusal)) {
    const what = `${call} throws ${quote(refusal.message)} where ${quote(text)} is asked for`;
    if (refusal.message === 'isArray is not defined') {
      fail({
        class: 'wrong-output',
        message: `${what}.`,
        next: 'Write Array.isArray(jobs): isArray belongs to Array.',
        expected,
        seen,
        line: task.source.lineOfCall('isArray'),
      });
    }
    because(what, seen);
  }
  wrong(
    `${call} throws ${quote(refusal.message)} where ${quote(text)} is asked for${invisible}.`,
    `Write the text to the letter: throw new Error('${text}').`,
    seen,
  );
}

/** Whether JavaScript has thrown it, and not the file. */
function isByItself(refusal: Refusal): boolean {
  return refusal.outcome !== 'returned' && /^(?:Type|Reference)Error: /.test(refusal.raw ?? '');
}

/** A function that is thrown has all of its text. */
function thrownAs(text: string): string {
  const [, name] = /^(?:function|class) (\w+)/.exec(text) ?? [];
  return name === undefined ? quote(text) : `the function ${name} itself`;
}
