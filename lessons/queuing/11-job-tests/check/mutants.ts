import { fail, type Task } from '#grading';
import { blindToContents, blindToNoThrow } from '#vocabulary/testing/blind-tests';
import { runTests, type Subject } from '#vocabulary/testing/test-run';
import {
  assertsTooLate,
  comparesNothing,
  importedAs,
  importsNothingOfItsOwn,
  leavesOthersOut,
  skips,
} from '#vocabulary/testing/test-source';
import type { MutantName } from './mutant-protocol';

/** Each mutant: what an 8-job with it does, and the assertion that would notice. */
export const mutants: Record<MutantName, { does: string; next: string }> = {
  'no-throw': {
    does: 'throws nothing when jobs is not an array',
    next: 'Add a test that calls it with something else than an array and expects the error.',
  },
  'wrong-text': {
    does: 'throws another text than “Jobs is not an array”',
    next: 'Expect the error’s message too, not only that something is thrown.',
  },
  'nothing-saved': {
    does: 'creates jobs but never saves them',
    next: 'Compare queue.testMode.jobs with what you put in, after the call.',
  },
  'job-lost': {
    does: 'loses the last job of the list',
    next: 'Compare the length of queue.testMode.jobs with that of the list.',
  },
  'wrong-queue': {
    does: 'puts the jobs into another queue than push_notification_code_3',
    next: 'Compare queue.testMode.jobs[0].type with “push_notification_code_3”.',
  },
  'wrong-data': {
    does: 'gives the jobs other data than the list’s',
    next: 'Compare queue.testMode.jobs[0].data with the first object of the list.',
  },
};

/** What breaks an 8-job, or mends it. */
export const breaker = require.resolve('./mutant-program');

/** As many runs side by side as there are cores on a small machine. */
const width = 2;

/** What tests have to notice. */
interface Demands {
  each: readonly MutantName[];
  /** One of these is enough; what goes unnoticed besides is advice. */
  oneOf: readonly MutantName[];
  /** What goes unnoticed of these is advice. */
  welcome: readonly MutantName[];
}

/**
 * The tests fail on an 8-job that is broken in these ways.
 * @throws CheckFailure for the first on which they pass although they must not
 */
export async function expectNoticed(
  task: Task,
  subject: Subject,
  { each, oneOf, welcome }: Demands,
): Promise<void> {
  const [missed] = await missedOf(task, subject, each, { first: true });
  if (missed) passesOn(task, missed);
  const others = await missedOf(task, subject, [...oneOf, ...welcome]);
  const [both] = oneOf;
  if (both && oneOf.every((mutant) => others.includes(mutant))) passesOn(task, both);
  for (const mutant of others) {
    const { does, next } = mutants[mutant];
    task.advise(`The tests do not notice an 8-job that ${does}. ${next}`);
  }
}

/**
 * The mutants on which the tests pass all the same.
 * @param options.first stops at the first
 */
async function missedOf(
  task: Task,
  subject: Subject,
  names: readonly MutantName[],
  options: { first?: boolean } = {},
): Promise<MutantName[]> {
  const missed: MutantName[] = [];
  for (let at = 0; at < names.length; at += width) {
    const runs = await Promise.all(
      names.slice(at, at + width).map(async (mutant) => ({
        mutant,
        run: await runTests(task, { ...subject, mutant: { name: mutant, breaker } }),
      })),
    );
    missed.push(...runs.filter(({ run }) => run.failures === 0).map(({ mutant }) => mutant));
    if (options.first && missed.length > 0) break;
  }
  return missed;
}

function passesOn({ source }: Task, mutant: MutantName): never {
  const { does, next } = mutants[mutant];
  const passes = `The tests pass also on an 8-job that ${does}`;
  const wrong = (why: string, step: string, line?: number): never =>
    fail({ class: 'requirement-not-met', message: `${passes}${why}.`, next: step, line });
  if (importsNothingOfItsOwn(source, '8-job')) {
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
    wrong(`: the assertion in line ${idle.line} compares nothing`, idle.next, idle.line);
  }
  const late = assertsTooLate(source);
  if (late !== undefined) {
    wrong(
      ', and an assertion in a timer comes when its test is over',
      'Compare right after the call, or let the test take done and call it in the timer, at the end.',
      late,
    );
  }
  const name = importedAs(source, '8-job') ?? 'createPushNotificationsJobs';
  const blind =
    mutant === 'no-throw'
      ? blindToNoThrow(source, name)
      : blindToContents(source, name, 'testMode.jobs');
  return blind ? wrong(blind.why, blind.next, blind.line) : wrong('', next);
}
