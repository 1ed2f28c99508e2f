import path from 'node:path';
import { CheckFailure, fail, type NextStep, type Task, ts } from '#grading';
import { testModeCalls, uncalled } from '#vocabulary/kue/test-mode-source';
import { lineOfTest } from '#vocabulary/testing/some-tests';
import { hooksIn, isIn } from '#vocabulary/testing/test-calls';
import { firstFailure, runTests, type Subject, type TestRun } from '#vocabulary/testing/test-run';
import { handsEnterToHook, importedAs } from '#vocabulary/testing/test-source';
import { readsItselfWhileSaving } from '../../vocabulary/self-reads';
import { brokenJob } from './mutants';
import { explainTest } from './test-failure';

/**
 * The tests pass on a right 8-job: the learner's own, or, where that one is not there or is itself
 * wrong, the worked one.
 * @throws CheckFailure where they fail on both
 */
export async function expectPassOnRight(task: Task): Promise<{ subject: Subject; run: TestRun }> {
  const own = task.own('8-job');
  const place = own ?? path.join(path.dirname(task.file), '8-job.js');
  const worked = task.worked('8-job');
  if (own === undefined) {
    task.advise('There is no 8-job in the folder, so the tests were tried on the worked one.');
    return {
      subject: { own: place, other: worked },
      run: await passing(task, { own: place, other: worked }),
    };
  }
  // Tests and a function may agree on the same mistake: they are tried with the task's texts as well.
  const [asWritten, mended] = await Promise.allSettled([
    passing(task),
    runTests(task, { own, other: own, mutant: { name: 'mended', breaker: brokenJob.breaker } }),
  ]);
  if (asWritten.status === 'rejected') {
    if (!(asWritten.reason instanceof CheckFailure)) throw asWritten.reason;
    return passesOnTheWorkedOne(task, { own, other: worked }, asWritten.reason);
  }
  if (mended.status === 'rejected') throw mended.reason;
  expectPassing(task, mended.value);
  return { subject: { own, other: own }, run: asWritten.value };
}

/** @throws CheckFailure where they do not: of the two faults, the one that lies in the tests */
async function passesOnTheWorkedOne(
  task: Task,
  subject: Subject,
  onOwn: CheckFailure,
): Promise<{ subject: Subject; run: TestRun }> {
  const cause = readsItselfWhileSaving(subject.own);
  try {
    const run = await passing(task, subject);
    if (run.tests.length === 0) throw onOwn;
    const but = 'The tests pass on the worked 8-job but not on yours';
    task.advise(cause === undefined ? `${but}: check task 10.` : `${but}. ${cause}`);
    return { subject, run };
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    if (cause === undefined) throw onOwn;
    if (error !== onOwn) task.advise(cause);
    throw error;
  }
}

/**
 * Test mode was entered without processing and left again, the queue is empty, and no job was
 * saved outside of it.
 * @throws CheckFailure otherwise
 */
export function expectKueRestored(task: Task, run: TestRun): void {
  staysInTestMode(task, run);
  if (run.heldOpen) {
    task.advise(
      'When the tests are over the process goes on: uvu, unlike mocha --exit, leaves it to you to close the queue, with queue.shutdown() in the last hook.',
    );
  }
  if (run.entered.length === 0) neverEnters(task);
  if (run.jobsLeft > 0 || run.cleared === 0) {
    notCalled(task, 'clear');
    const [clear] = testModeCalls(task.source, 'clear');
    const early = clear && isIn(hooksIn(task.source, 'before', true), clear);
    wrong(
      early
        ? 'The queue is cleared before each test only: the jobs of the last one are still in queue.testMode.jobs.'
        : 'The queue is not cleared after the tests: their jobs are still in queue.testMode.jobs.',
      early
        ? 'Clear it after each test: afterEach(() => queue.testMode.clear()).'
        : 'Call queue.testMode.clear() in a hook after the tests.',
      task.source.lineOfCall('clear'),
    );
  }
  if (run.stillInTestMode) {
    notCalled(task, 'exit');
    wrong(
      'The test mode is not left after the tests.',
      'Call queue.testMode.exit() in a hook after the tests.',
      testModeCalls(task.source, 'exit').map((one) => task.source.lineOf(one))[0],
    );
  }
}

/** @throws CheckFailure if the file names it without calling it */
function notCalled({ source }: Task, word: 'enter' | 'clear' | 'exit'): void {
  const line = uncalled(source, word);
  if (line === undefined) return;
  wrong(
    `queue.testMode.${word} stands in line ${line} without brackets, and so is not called.`,
    `Write queue.testMode.${word}().`,
    line,
  );
}

/** Jobs of the tests must not reach Redis. */
function staysInTestMode(task: Task, run: TestRun): void {
  if (run.entered.length === 0 && task.source.lineOfCall('enter') === undefined) neverEnters(task);
  const line = task.source.lineOfCall('enter');
  if (run.entered.includes(true)) {
    const hook = handsEnterToHook(task.source);
    if (hook !== undefined) {
      wrong(
        'The hook hands something to testMode.enter, which takes it for “process the jobs”.',
        'Call it in a function of your own: before(() => queue.testMode.enter()).',
        hook,
      );
    }
    wrong(
      'The test mode is entered with processing: enter(true) lets workers take the jobs.',
      'Call queue.testMode.enter() without an argument.',
      line,
    );
  }
  if (run.savedForReal > 0) {
    leftTooEarly(task);
    madeWhenLoaded(task);
    wrong(
      'Jobs of the tests go to the real queue: they are saved before the test mode is entered, or after it is left.',
      'Enter the test mode in a hook that runs before all tests.',
      line,
    );
  }
}

/** @throws CheckFailure if jobs are made while the file is loaded, before any hook */
function madeWhenLoaded({ source }: Task): void {
  const name = importedAs(source, '8-job');
  const call = source.nodes.find(
    (node) =>
      ts.isCallExpression(node) &&
      (node.expression.getText() === name || /\.save$/.test(node.expression.getText())) &&
      isRunAtLoad(node),
  );
  if (!call) return;
  const line = source.lineOf(call);
  wrong(
    `Line ${line} makes jobs while the file is loaded, before any hook has run: they go to the real queue.`,
    'Make the call inside a test.',
    line,
  );
}

/** Whether nothing but suites stands around it. */
function isRunAtLoad(node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    const { parent } = at;
    const isSuite =
      ts.isCallExpression(parent) && /^(?:describe|context)\b/.test(parent.expression.getText());
    if (!isSuite) return false;
  }
  return true;
}

/** @throws CheckFailure if the first test leaves the test mode for those after it */
function leftTooEarly({ source }: Task): void {
  const exit = testModeCalls(source, 'exit').find((one) =>
    isIn(hooksIn(source, 'after', true), one),
  );
  const entersEach = testModeCalls(source, 'enter').some((one) =>
    isIn(hooksIn(source, 'before', true), one),
  );
  if (!exit || entersEach) return;
  const line = source.lineOf(exit);
  wrong(
    `The test mode is left after the first test, by line ${line}: the jobs of the others go to the real queue.`,
    'Leave it once, after all tests: after(() => queue.testMode.exit()).',
    line,
  );
}

function neverEnters(task: Task): never {
  notCalled(task, 'enter');
  return wrong(
    'The tests never enter kue’s test mode: their jobs would go to a real queue.',
    'Call queue.testMode.enter() before the tests, in a hook.',
  );
}

function wrong(message: string, next: NextStep, line?: number): never {
  return fail({ class: 'requirement-not-met', message, next, line });
}

async function passing(task: Task, subject?: Subject): Promise<TestRun> {
  const run = await runTests(task, subject);
  expectPassing(task, run);
  return run;
}

/** @throws CheckFailure where a test fails */
function expectPassing(task: Task, run: TestRun): void {
  if (run.failures === 0) return;
  if (run.tests.length > 0) staysInTestMode(task, run);
  if (run.running.program.errors.length > 0) run.running.expectNoCrash(task.file);
  const failed = run.tests.find((test) => test.state === 'failed');
  fail({
    class: 'wrong-output',
    message: `The tests do not pass on an 8-job that is right: ${firstFailure(run)}.`,
    seen: run.running.outputLines.join('\n'),
    line: failed && lineOfTest(task.source, failed.title),
    ...(failed
      ? explainTest(task, failed)
      : { next: 'Run them by themselves, and read what they print last.' }),
  });
}
