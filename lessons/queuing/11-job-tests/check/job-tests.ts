import path from 'node:path';
import { CheckFailure, fail, type NextStep, Source, type Task } from '#grading';
import {
  failWithoutTests,
  firstFailure,
  runTests,
  type Subject,
  type TestRun,
} from '#vocabulary/testing/test-run';
import { handsEnterToHook } from '#vocabulary/testing/test-source';
import { readsItselfWhileSaving } from '../../vocabulary/self-reads';
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
  let run: TestRun;
  try {
    run = await passing(task);
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    return passesOnTheWorkedOne(task, { own, other: worked }, error);
  }
  // Tests and a function may agree on the same mistake.
  if (!hasTheTasksTexts(own)) await passing(task, { own, other: worked });
  return { subject: { own, other: own }, run };
}

/** Whether an 8-job names the queue and the error that the task asks for. */
function hasTheTasksTexts(file: string): boolean {
  const source = new Source(file);
  return ['push_notification_code_3', 'Jobs is not an array'].every((text) =>
    source.mentions(text),
  );
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
 * At least one test ran, and none was left out.
 * @throws CheckFailure otherwise
 */
export function expectTests(run: TestRun): void {
  const ran = run.tests.filter((test) => test.state !== 'skipped');
  if (ran.length > 0) return;
  if (run.tests.length === 0) failWithoutTests(run.running);
  wrong(
    'Every test is skipped: nothing is tested.',
    'Take .skip off, and the x before it or describe.',
  );
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
  if (run.entered.length === 0) neverEnters();
  if (run.jobsLeft > 0 || run.cleared === 0) {
    wrong(
      'The queue is not cleared after the tests: their jobs are still in queue.testMode.jobs.',
      'Call queue.testMode.clear() in a hook after the tests.',
      task.source.lineOfCall('clear'),
    );
  }
  if (run.stillInTestMode) {
    wrong(
      'The test mode is not left after the tests.',
      'Call queue.testMode.exit() in a hook after the tests.',
      task.source.lineOfCall('exit'),
    );
  }
}

/** Jobs of the tests must not reach Redis. */
function staysInTestMode(task: Task, run: TestRun): void {
  if (run.entered.length === 0 && task.source.lineOfCall('enter') === undefined) neverEnters();
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
    wrong(
      'Jobs of the tests go to the real queue: they are saved before the test mode is entered, or after it is left.',
      'Enter the test mode in a hook that runs before all tests.',
      line,
    );
  }
}

function neverEnters(): never {
  return wrong(
    'The tests never enter kue’s test mode: their jobs would go to a real queue.',
    'Call queue.testMode.enter() before the tests, in a hook.',
  );
}

function wrong(message: string, next: NextStep, line?: number): never {
  return fail({ class: 'requirement-not-met', message, next, line });
}

/** The test that a hook of Mocha's ran for, if the title is a hook's: `"before each" hook for "TITLE"`. */
function testNamed(title: string): string {
  return /"([^"]+)"$/.exec(title)?.[1] ?? title;
}

async function passing(task: Task, subject?: Subject): Promise<TestRun> {
  const run = await runTests(task, subject);
  if (run.failures === 0) return run;
  if (run.tests.length > 0) staysInTestMode(task, run);
  if (run.running.program.errors.length > 0) run.running.expectNoCrash(task.file);
  const failed = run.tests.find((test) => test.state === 'failed');
  return fail({
    class: 'wrong-output',
    message: `The tests do not pass on an 8-job that is right: ${firstFailure(run)}.`,
    seen: run.running.outputLines.join('\n'),
    at: { names: failed ? [testNamed(failed.title)] : [] },
    ...(failed
      ? explainTest(task, failed)
      : { next: 'Run them by themselves, and read what they print last.' }),
  });
}
