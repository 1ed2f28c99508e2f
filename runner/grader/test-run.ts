import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { kindByPackage } from '../compile.cjs';
import { type Breakage, breakages } from './breakages';
import { fail, quote } from './finding';
import { kueTimers } from './jobs';
import type { Running } from './running';
import type { Task } from './task';
import {
  assertsTooLate,
  comparesNothing,
  importsNothingOfItsOwn,
  leavesOthersOut,
  skips,
} from './test-source';
import { count, readTold } from './told-file';

const testReport = v.object({
  tests: v.array(
    v.object({
      title: v.string(),
      state: v.picklist(['passed', 'failed', 'skipped']),
      /** What it failed with: the error's text, its name, and where it was thrown. */
      message: v.optional(v.string()),
      name: v.optional(v.string()),
      stack: v.optional(v.string()),
    }),
  ),
  /** For each call of testMode.enter(): whether jobs were to be processed. */
  entered: v.array(v.boolean()),
  /** Calls of testMode.clear(). */
  cleared: count,
  /** Jobs in testMode.jobs at the end. */
  jobsLeft: count,
  /** Calls of save() outside test mode: each puts a job into a real queue. */
  savedForReal: count,
  stillInTestMode: v.boolean(),
});

/** What the program that runs a learner's tests tells of them. */
export type TestReport = v.InferOutput<typeof testReport>;

/** A run of a learner's tests that has ended. */
export interface TestRun extends TestReport {
  running: Running;
  failures: number;
  /** Its tests were over, and it did not end by itself. */
  heldOpen: boolean;
}

/** The 8-job that tests are tried on: the place where they look for it, and what stands in for it. */
export interface Subject {
  own: string;
  other: string;
  breakage?: Breakage;
}

/** How long a program whose tests are over may take to tell of them, in milliseconds. */
const lastWords = 10_000;

const player = require.resolve('./players/test-file');
const breaker = require.resolve('./players/broken-job-function');
const interop = require.resolve('../interop.cjs');

/**
 * Runs a test file, with Mocha or uvu as the file wants it, until it ends. One on uvu that goes on
 * when its tests are over is ended, as the course's `mocha --exit` ends one on Mocha.
 * @param subject the 8-job to put in the place of the one beside it: absolute paths of both
 * @throws CheckFailure where it crashes or does not end
 */
export async function runTests(task: Task, subject?: Subject): Promise<TestRun> {
  const label = subject?.breakage ?? 'tests';
  const answers = path.join(task.sandbox.folder, `${label}.json`);
  const style = task.source.uses('uvu') ? 'uvu' : 'mocha';
  const replaced: Record<string, string> = {};
  if (subject) replaced[subject.own] = stand(task, subject);
  const running = await task.start(player, {
    name: subject?.breakage ? `${task.name} (${subject.breakage})` : task.name,
    folder: task.folder,
    args: [task.file, style, answers],
    replaced,
  });
  await running.until(() => running.program.exit !== undefined, { timers: kueTimers });
  const heldOpen = !running.program.exit;
  if (heldOpen) {
    await running.program.stop(lastWords);
    const over = style === 'uvu' && running.lines.some((line) => /Total:/.test(line));
    // Tests that wait for ever for what a broken function does not do have noticed it.
    if (!over && subject?.breakage) return { ...nothing, running, failures: 1, heldOpen };
    if (!over) neverOver(running, style);
  }
  const report = readTold(answers, testReport);
  if (!report || (style === 'mocha' && report.tests.length === 0)) running.survived(task.file);
  if (!report) {
    fail({
      class: 'crash',
      message: 'The process ends before it is told how the tests went.',
      next: 'Take out what ends it, such as process.exit(), or what removes its listeners.',
      seen: running.everything.join('\n'),
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

const nothing: TestReport = {
  tests: [],
  entered: [],
  cleared: 0,
  jobsLeft: 0,
  savedForReal: 0,
  stillInTestMode: false,
};

/** @throws CheckFailure always: tests have begun, or never will, and nothing goes on */
function neverOver(running: Running, style: 'uvu' | 'mocha'): never {
  // What uvu says when it is ended in the middle.
  const begun = running.everything.some((line) => line.startsWith('Exiting early'));
  if (style === 'uvu' && !begun) noTestRan(running);
  fail({
    class: 'time-out',
    message: 'The tests do not come to their end: one of them waits, and nothing goes on.',
    next: 'Look for a test or a hook that waits for something that never comes.',
    seen: running.everything.join('\n'),
  });
}

/** @throws CheckFailure always */
export function noTestRan(running: Running): never {
  fail({
    class: 'requirement-not-met',
    message: 'No test ran: the file holds none, or its suite is never started.',
    next: 'Write it(…) inside describe(…) for Mocha, or test(…) and then test.run() for uvu.',
    seen: running.everything.join('\n'),
  });
}

/** As many runs side by side as there are cores on a small machine. */
const width = 2;

/**
 * The tests fail on an 8-job that is broken in each of these ways.
 * @throws CheckFailure for the first in the list on which they pass all the same
 */
export async function notice(
  task: Task,
  subject: Subject,
  ways: readonly Breakage[],
): Promise<void> {
  for (let at = 0; at < ways.length; at += width) {
    const runs = await Promise.all(
      ways.slice(at, at + width).map(async (breakage) => ({
        breakage,
        run: await runTests(task, { ...subject, breakage }),
      })),
    );
    const missed = runs.find(({ run }) => run.failures === 0);
    if (missed) passesOn(task, missed.breakage);
  }
}

function passesOn({ source }: Task, breakage: Breakage): never {
  const { does, next } = breakages[breakage];
  const passes = `The tests pass also on an 8-job that ${does}`;
  const wrong = (why: string, step: string, line?: number): never =>
    fail({ class: 'requirement-not-met', message: `${passes}${why}.`, next: step, line });
  if (importsNothingOfItsOwn(source)) {
    wrong(
      ': the file does not import 8-job',
      "Import the function that is to be tested: import createPushNotificationsJobs from './8-job.js'.",
    );
  }
  const only = leavesOthersOut(source);
  if (only !== undefined) {
    wrong(': with .only, the other tests do not run', 'Take .only off, so that all run.', only);
  }
  const skipped = skips(source);
  if (skipped !== undefined) {
    wrong(': some of them are skipped', 'Take the skip off, so that all run.', skipped);
  }
  const idle = comparesNothing(source);
  if (idle !== undefined) {
    wrong(
      `: the assertion in line ${idle} compares nothing`,
      'Call what compares: expect(…).to.equal(…), expect(() => …).to.throw(…).',
      idle,
    );
  }
  const late = assertsTooLate(source);
  if (late !== undefined) {
    wrong(
      ', and an assertion in a timer comes when its test is over',
      'Compare right after the call, or let the test take done and call it in the timer, at the end.',
      late,
    );
  }
  return wrong('', next);
}

/** A module that stands in for the 8-job: the other one, broken or as it is. */
function stand(task: Task, { own, other, breakage }: Subject): string {
  const file = path.join(task.sandbox.folder, `8-job-${breakage ?? 'other'}.js`);
  const original = `require(${JSON.stringify(other)})`;
  const made = breakage
    ? `require(${JSON.stringify(breaker)}).broken(${original}, '${breakage}')`
    : original;
  const lines = [`module.exports = ${made};`];
  // Who imports it as a module of Node's kind must be given one.
  if (kindByPackage(own) === 'module') {
    lines.push(`require(${JSON.stringify(interop)}).enter(module.exports);`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** uvu prints its counts at the end, and names what failed. */
function countUvu(running: Running): TestReport['tests'] {
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
