import { fail } from '../../grading/finding';
import { sideBySide } from '../../grading/side-by-side';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';
import type { Blindness } from './blind-tests';
import { runTests, type Subject } from './test-run';
import {
  assertsTooLate,
  comparesNothing,
  importsNothingOfItsOwn,
  leavesOthersOut,
  skips,
} from './test-source';

/** One way in which a module is broken: what it does then, and the assertion that would notice. */
export interface Mutation {
  does: string;
  next: string;
}

/** A module that is broken in several ways, to see whether tests of it notice. */
export interface BrokenModule<Name extends string> {
  /** Its name without ending. */
  name: string;
  /** What it is called in a sentence, with its article. */
  called: string;
  /** A module that exports `broken(exports, name)`: what the broken module exports. Absolute. */
  breaker: string;
  mutations: Readonly<Record<Name, Mutation>>;
  /** The import that a test file of it begins with. */
  imported: string;
  /** Why tests may not notice one of them, as their file shows it. */
  blindTo(source: Source, mutant: Name): Blindness | undefined;
  /** Its tests work on a real Redis, and each run of them needs an empty one. */
  onRedis: boolean;
}

/** What tests have to notice. */
export interface Demands<Name extends string> {
  each: readonly Name[];
  /** One of these is enough; what goes unnoticed besides is advice. */
  oneOf?: readonly Name[];
  /** What goes unnoticed of these is advice. */
  welcome: readonly Name[];
}

/**
 * The tests fail on a module that is broken in these ways.
 * @throws CheckFailure for the first on which they pass although they must not
 */
export async function expectNoticed<Name extends string>(
  task: Task,
  subject: Subject,
  module: BrokenModule<Name>,
  { each, oneOf = [], welcome }: Demands<Name>,
): Promise<void> {
  const others: Name[] = [];
  for await (const mutant of missed(task, subject, module, [...each, ...oneOf, ...welcome])) {
    if (each.includes(mutant)) passesOn(task, module, mutant);
    others.push(mutant);
  }
  const [both] = oneOf;
  if (both && oneOf.every((mutant) => others.includes(mutant))) passesOn(task, module, both);
  for (const mutant of others) {
    const { does, next } = module.mutations[mutant];
    task.advise(`The tests do not notice ${module.called} that ${does}. ${next}`);
  }
}

/** The mutants on which the tests pass all the same, in their order. */
async function* missed<Name extends string>(
  task: Task,
  subject: Subject,
  { breaker, onRedis }: BrokenModule<Name>,
  names: readonly Name[],
): AsyncGenerator<Name> {
  // On a learner's own server there is one database for all of them.
  const isShared = onRedis && task.sandbox.redis.shared;
  const runs = sideBySide(names, isShared ? 1 : 2, async (mutant) => {
    if (isShared) await task.redis.clear();
    const run = await runTests(
      task,
      { ...subject, mutant: { name: mutant, breaker } },
      { ownRedis: onRedis },
    );
    return { mutant, run };
  });
  for await (const { mutant, run } of runs) {
    if (run.failures === 0) yield mutant;
  }
}

function passesOn<Name extends string>(
  { source }: Task,
  module: BrokenModule<Name>,
  mutant: Name,
): never {
  const { does, next } = module.mutations[mutant];
  const passes = `The tests pass also on ${module.called} that ${does}`;
  const wrong = (why: string, step: string, line?: number): never =>
    fail({ class: 'requirement-not-met', message: `${passes}${why}.`, next: step, line });
  if (importsNothingOfItsOwn(source, module.name)) {
    wrong(
      `: the file does not import ${module.name}`,
      `Import the function that is to be tested: ${module.imported}.`,
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
  const blind = module.blindTo(source, mutant);
  return blind ? wrong(blind.why, blind.next, blind.line) : wrong('', next);
}
