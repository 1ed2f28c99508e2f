import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { kindOf } from '../../compile.cjs';
import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import { isWritten, matching } from '../../grading/source/pattern';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';
import { waitedFor } from '../kue/test-mode-source';
import { expectNoOtherRunner } from './other-runners';
import { testsIn } from './test-calls';
import { type TestReport, testReport } from './test-file-protocol';

/** A run of a learner's tests that has ended. */
export interface TestRun extends TestReport {
  running: ProgramRun;
  failures: number;
  /** Its tests were over, and it did not end by itself. */
  heldOpen: boolean;
}

/** The module that tests are tried on: the place where they look for it, and what stands in for it. */
export interface Subject {
  /** Where the tests look for it, absolute. */
  own: string;
  /** What they get in its place, absolute. */
  other: string;
  /** One thing broken in it. */
  mutant?: Mutant;
}

/** A way to break a module. */
export interface Mutant {
  name: string;
  /** A module that exports `broken(exports, name)`: what the broken module exports. Absolute. */
  breaker: string;
}

/** What is asked of a run besides its tests. */
interface RunOptions {
  /** Mocha leaves the process to end by itself, in place of ending it as `mocha --exit` does. */
  endsItself?: boolean;
  /** It gets an empty Redis that no other program sees. */
  ownRedis?: boolean;
}

/** How long a program whose tests are over may take to report them, in milliseconds. */
const lastWords = 10_000;

const peer = require.resolve('./test-file-program');
const interop = require.resolve('../../interop.cjs');

/**
 * Runs a test file, with Mocha or uvu as the file wants it, until it ends. One on uvu that goes on
 * when its tests are over is ended, as `mocha --exit` ends one on Mocha.
 * @param subject the module to put in the place of the one beside the tests
 * @throws CheckFailure where it crashes or does not end
 */
export async function runTests(
  task: Task,
  subject?: Subject,
  { endsItself = false, ownRedis = false }: RunOptions = {},
): Promise<TestRun> {
  const mutant = subject?.mutant?.name;
  const style = task.source.uses('uvu') ? 'uvu' : 'mocha';
  const replaced: Record<string, string> = {};
  if (subject) replaced[subject.own] = stand(task, subject);
  const running = await task.start(peer, {
    name: mutant === undefined ? task.name : `${task.name} (${mutant})`,
    folder: task.folder,
    loads: [task.file, ...(style === 'mocha' ? ['mocha'] : [])],
    args: [
      task.file,
      style === 'mocha' && endsItself ? 'mocha-to-its-end' : style,
      ...(style === 'mocha' ? ['by-rest'] : []),
      ...(lendsKue(task) ? ['kue'] : []),
    ],
    drives: true,
    replaced,
    ownRedis,
  });
  await running.waitUntil(() => running.program.exit !== undefined, { timers: 0 });
  const heldOpen = !running.program.exit;
  if (heldOpen) {
    await running.program.stop(lastWords);
    const counts = style === 'uvu' ? /Total:/ : /^\s+\d+ passing\b/;
    const over = running.lines.some((line) => counts.test(line));
    // Tests that wait for ever for what a broken function does not do have noticed it.
    if (!over && mutant !== undefined) return { ...nothing, running, failures: 1, heldOpen };
    if (!over) neverOver(task, running, style);
  }
  const report = running.told(testReport);
  if (!report || (style === 'mocha' && report.tests.length === 0)) {
    expectNoOtherRunner(task, running);
    running.expectNoCrash(task.file);
  }
  if (!report) {
    fail({
      class: 'crash',
      message: 'The process ends before it is told how the tests went.',
      next: 'Take out what ends it, such as process.exit(), or what removes its listeners.',
      seen: running.outputLines.join('\n'),
    });
  }
  const tests = style === 'mocha' ? report.tests : countUvu(running);
  const failures = tests.filter((test) => test.state === 'failed').length;
  return {
    ...report,
    tests,
    running,
    failures: failures || Number(running.program.exit?.code !== 0),
    heldOpen,
  };
}

/** Whether programs of the course work with kue: of any other its test mode says nothing. */
function lendsKue({ course }: Task): boolean {
  return course.packages.some(({ name }) => name === 'kue');
}

const nothing: TestReport = {
  tests: [],
  entered: [],
  cleared: 0,
  jobsLeft: 0,
  savedForReal: 0,
  stillInTestMode: false,
};

/** @throws CheckFailure always: tests have begun, or never will, and nothing goes on */
function neverOver(task: Task, running: ProgramRun, style: 'uvu' | 'mocha'): never {
  // What uvu says when it is ended in the middle.
  const begun = running.outputLines.some((line) => line.startsWith('Exiting early'));
  if (style === 'uvu' && !begun) failWithoutTests(task, running);
  fail({
    class: 'time-out',
    message: 'The tests do not come to their end: one of them waits, and nothing goes on.',
    next: 'Look for a test or a hook that waits for something that never comes.',
    ...(lendsKue(task) ? waitedFor(task.source) : {}),
    seen: running.outputLines.join('\n'),
  });
}

/** @throws CheckFailure always */
export function failWithoutTests({ source }: Task, running: ProgramRun): never {
  fail({
    class: 'requirement-not-met',
    ...whyNone(source),
    seen: running.outputLines.join('\n'),
  });
}

/** Why no test ran, as the file shows it. */
function whyNone(source: Source): { message: string; next: string; line?: number | undefined } {
  const [exit] = matching(source, 'process.exit($$$)').map((one) => source.lineOf(one));
  const uvu = source.uses('uvu');
  const [test] = testsIn(source);
  if (source.uses('node:test')) {
    return {
      message:
        'No test ran: the file is written for node:test, and these tests run on Mocha or uvu.',
      next: 'Take node:test out: with Mocha, describe and it are there without an import; node:assert may stay.',
      line: source.lineOfText('node:test'),
    };
  }
  if (!test) {
    return {
      message: 'No test ran: the file holds none.',
      next: uvu
        ? 'Write test(title, () => …) for each, above the call of run().'
        : 'Write it(title, () => …) for each, inside describe(…).',
    };
  }
  if (uvu && !isWritten(source, '$.run()')) {
    return {
      message: 'No test ran: the suite is never started.',
      next: 'Call test.run() at the end of the file, on what suite() gives or on test itself.',
    };
  }
  if (exit !== undefined) {
    return {
      message: `No test ran: process.exit() in line ${exit} ends the process before the first one.`,
      next: 'Take process.exit() out: the process ends by itself when the tests are over.',
      line: exit,
    };
  }
  return {
    message: `No test ran: what stands around the test in line ${test.line} is never called.`,
    next: uvu
      ? 'Let test(…) stand at the top level of the file.'
      : 'Let it(…) stand directly in the function of a describe(…).',
    line: test.line,
  };
}

/** A module that stands in for the subject: the other one, broken or as it is. */
function stand(task: Task, { own, other, mutant }: Subject): string {
  const file = path.join(
    task.sandbox.folder,
    `${path.parse(own).name}-${mutant?.name ?? 'other'}.js`,
  );
  const original = `require(${JSON.stringify(other)})`;
  const made = mutant
    ? `require(${JSON.stringify(mutant.breaker)}).broken(${original}, '${mutant.name}')`
    : original;
  const lines = [`module.exports = ${made};`];
  // Who imports it as a module of Node's kind must be given one.
  const text = readFileSync(existsSync(own) ? own : other, 'utf8');
  if (kindOf(own, text, task.course.reader) === 'module') {
    lines.push(`require(${JSON.stringify(interop)}).enter(module.exports);`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** uvu prints its counts at the end, and names what failed. */
function countUvu(running: ProgramRun): TestReport['tests'] {
  const text = running.lines.join('\n');
  const count = (label: string) => Number(new RegExp(`${label}:\\s+(\\d+)`).exec(text)?.[1] ?? 0);
  const passed = count('Passed');
  const failed = count('Total') - passed;
  const titles = [...text.matchAll(/FAIL\s+(.+)\n\s+(.*)/g)];
  return [
    ...Array.from({ length: passed }, () => ({ title: '', state: 'passed' as const })),
    ...Array.from({ length: failed }, (_, index) => ({
      title: (titles[index]?.[1] ?? '').trim(),
      state: 'failed' as const,
      message: (titles[index]?.[2] ?? '').trim(),
    })),
    ...Array.from({ length: count('Skipped') }, () => ({ title: '', state: 'skipped' as const })),
  ];
}

/** The first test that failed, as a sentence's end. */
export function firstFailure(run: TestRun): string {
  const test = run.tests.find((one) => one.state === 'failed');
  if (!test) return 'the run ends with an error';
  const why = test.message ? `: ${test.message.split('\n', 1)[0]}` : '';
  return `${quote(test.title)} fails${why}`;
}
