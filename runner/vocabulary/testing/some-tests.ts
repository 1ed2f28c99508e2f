import { fail, type NextStep } from '../../grading/finding';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';
import { testsIn } from './test-calls';
import { failWithoutTests, type TestRun } from './test-run';

/**
 * At least one test ran, and none was left out.
 * @throws CheckFailure otherwise
 */
export function expectTests(task: Task, run: TestRun): void {
  const ran = run.tests.filter((test) => test.state !== 'skipped');
  if (ran.length > 0) return;
  if (run.tests.length === 0) failWithoutTests(task, run.running);
  const plan = testsIn(task.source).find(({ body }) => body === undefined);
  if (plan) {
    wrong(
      `No test ran: the one in line ${plan.line} has a title and no function, which Mocha takes for one that is still to be written.`,
      'Give each a function as its second argument: it(title, () => …).',
      plan.line,
    );
  }
  wrong(
    'Every test is skipped: nothing is tested.',
    'Take .skip off, and the x before it or describe.',
  );
}

/** Where the test stands that a title ends with: before its own it has those of its suites. */
export function lineOfTest(source: Source, title: string): number | undefined {
  const named = testNamed(title).replace(/"$/, '');
  const tests = testsIn(source).filter((one) => one.title !== '' && named.endsWith(one.title));
  return tests.sort((one, other) => other.title.length - one.title.length)[0]?.line;
}

/** The test that a hook of Mocha's ran for, if the title is a hook's: `"before each" hook for "TITLE"`. */
function testNamed(title: string): string {
  return /"([^"]+)"$/.exec(title)?.[1] ?? title;
}

function wrong(message: string, next: NextStep, line?: number): never {
  return fail({ class: 'requirement-not-met', message, next, line });
}
