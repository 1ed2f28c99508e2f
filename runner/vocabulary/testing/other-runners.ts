import { fail } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';

/** What other runners of tests call a thing, and what Mocha and chai call it. */
const words: Record<string, string> = {
  test: 'Write it(…): that is Mocha’s word for a test.',
  beforeAll: 'Write before(…): Mocha’s hook before all tests is called so.',
  afterAll: 'Write after(…): Mocha’s hook after all tests is called so.',
  jest: 'Spy with sinon: sinon.spy(console, "log"), and restore() on it in a hook.',
  vi: 'Spy with sinon: sinon.spy(console, "log"), and restore() on it in a hook.',
};

/**
 * No word of another runner of tests, such as Jest, has ended the tests.
 * @throws CheckFailure naming Mocha's word for it
 */
export function expectNoOtherRunner({ source }: Task, running: ProgramRun): void {
  const [error] = running.program.errors;
  const found = error && otherRunner(error.message);
  if (!error || !found) return;
  fail({
    class: 'crash',
    message: `“${found.word}” is a word of Jest, and these tests run on Mocha, which has no such name.`,
    next: found.next,
    line: source.lineOfCall(found.word),
    seen: `${error.name}: ${error.message}`,
  });
}

/** The word of another runner that an error is about, and what to write in its place. */
export function otherRunner(error: string): { word: string; next: string } | undefined {
  const [, word = ''] = /^(\w+) is not defined$/.exec(error) ?? [];
  const next = Object.entries(words).find(([name]) => name === word)?.[1];
  return next === undefined ? undefined : { word, next };
}
