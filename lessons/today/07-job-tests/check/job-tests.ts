import path from 'node:path';
import { CheckFailure, fail, quote, type Task } from '#grading';
import { queueOf } from '#vocabulary/bullmq/keys';
import { expectClosed } from '#vocabulary/redis/closed-clients';
import { expectTests, lineOfTest } from '#vocabulary/testing/some-tests';
import { firstFailure, runTests, type Subject, type TestRun } from '#vocabulary/testing/test-run';
import { brokenJob } from './mutants';
import { explainTest } from './test-failure';

/** The queues that the programs of the course work with. */
const inUse = ['push_notification_code', 'push_notification_code_2', 'push_notification_code_3'];

/** What stands in Redis before the tests, and is to stand there after them. */
const standing = new Map([
  ['Holberton', 'School'],
  ...inUse.map((name): [string, string] => [`bull:${name}:id`, '12']),
]);

/**
 * The tests pass on the learner's own today-job, and on a right one.
 * @returns what they are to be tried on when it is broken: the worked today-job, or the learner's own if
 * that one exports in another form
 * @throws CheckFailure if they do not pass
 */
export async function expectPassOnRight(task: Task): Promise<Subject> {
  const own = task.own('today-job');
  const worked = task.worked('today-job');
  if (own === undefined) {
    task.advise('There is no today-job in the folder, so the tests were tried on the worked one.');
    const subject = { own: path.join(path.dirname(task.file), 'today-job.js'), other: worked };
    await expectDone(task, subject, right);
    return subject;
  }
  const onWorked = { own, other: worked };
  try {
    await expectDone(task, { own, other: own }, 'your own today-job');
  } catch (error) {
    if (error instanceof CheckFailure) await expectDone(task, onWorked, right);
    throw error;
  }
  await task.redis.clear();
  const { failures } = await runTests(task, onWorked);
  if (failures === 0) return onWorked;
  // Tests and functions may agree on the same mistake: they are tried with the task's texts as well.
  const subject = { own, other: own };
  await task.redis.clear();
  const mutant = { name: 'mended', breaker: brokenJob.breaker };
  expectPassing(task, await runTests(task, { ...subject, mutant }), right);
  return subject;
}

const right = 'a today-job that is right';

/** @param called what they are tried on, in a sentence */
async function expectDone(task: Task, subject: Subject, called: string): Promise<void> {
  await task.redis.clear();
  for (const [key, value] of standing) await task.redis.set(key, value);
  const run = await runTests(task, subject, { endsItself: true });
  if (run.tests.length > 0) expectOwnQueue(run);
  expectPassing(task, run, called);
  expectTests(task, run);
  await expectNothingLeft(task, run);
  expectEnd(task, run);
}

/** @throws CheckFailure if a test fails */
function expectPassing(task: Task, run: TestRun, called: string): void {
  if (run.failures === 0) return;
  const { errors } = run.running.program;
  const failed = run.tests.find((test) => test.state === 'failed');
  const crash = failed ?? errors[0];
  if (!failed && errors.length > 0 && run.tests.length === 0) run.running.expectNoCrash(task.file);
  fail({
    class: 'wrong-output',
    message: `The tests do not pass on ${called}: ${firstFailure(run)}.`,
    seen: run.running.outputLines.join('\n'),
    line: failed && lineOfTest(task.source, failed.title),
    ...(crash
      ? explainTest(task, crash)
      : { next: 'Run them by themselves, and read what they print last.' }),
  });
}

/** Jobs go into a real queue, and into none that a program works with. */
function expectOwnQueue(run: TestRun): void {
  const keys = run.running.sent.flatMap(({ words }) => words.slice(1));
  const taken = keys.map(queueOf).find((name) => name !== undefined && inUse.includes(name));
  if (taken === undefined) return;
  fail({
    class: 'requirement-not-met',
    message: `The tests work with the queue ${quote(taken)}, which is that of programs: jobs of people would be lost with those of the tests.`,
    next: 'Give the queue of the tests a name of its own, such as today-job-test.',
    at: [{ text: taken }, { code: 'new Queue($$$)' }],
  });
}

/** @throws CheckFailure if something is in Redis that was not, or something is not that was */
async function expectNothingLeft(task: Task, run: TestRun): Promise<void> {
  const keys = await task.redis.keys();
  const lost = [...standing.keys()].find((key) => !keys.includes(key));
  if (lost !== undefined) {
    fail({
      class: 'wrong-data',
      message: `The tests take away what is not theirs: ${quote(lost)} was in Redis before them, and is not there any more.`,
      next: 'Empty the queue of the tests alone, with await queue.obliterate().',
      at: { calls: ['flushall', 'flushdb', 'del'] },
    });
  }
  const left = keys.filter((key) => !standing.has(key));
  const [first] = left;
  if (first === undefined) return;
  const number = left.find((key) => key.startsWith('notified:'));
  if (number !== undefined) {
    fail({
      class: 'requirement-not-met',
      message: `The tests of mayNotify leave the key ${quote(number)} in a real Redis; the task has them run on ioredis-mock.`,
      next: "Make the client of ioredis-mock: import RedisMock from 'ioredis-mock', and new RedisMock().",
      at: [{ code: 'new Redis($$$)' }, { text: 'ioredis' }],
      seen: left.join('\n'),
    });
  }
  const obliterated = task.source.lineOfCall('obliterate') !== undefined;
  const closedFirst = run.tests.length > 0 && obliterated;
  fail({
    class: 'requirement-not-met',
    message: `The tests leave ${left.length === 1 ? 'a key' : `${left.length} keys`} behind in Redis, such as ${quote(first)}.`,
    next: closedFirst
      ? 'Await queue.obliterate() in a hook after each test: what is added later stays.'
      : 'Call await queue.obliterate() in a hook after the tests: it takes the queue away with all that is in it.',
    seen: left.join('\n'),
    at: [
      { calls: ['obliterate'] },
      { calls: ['drain', 'clean', 'remove', 'flushall'] },
      { code: 'new Queue($$$)' },
    ],
  });
}

/** @throws CheckFailure if the process goes on when the tests are over, or is ended by force */
function expectEnd(task: Task, run: TestRun): void {
  if (!run.heldOpen) {
    expectClosed(task, run.running);
    return;
  }
  const closes = task.source.lineOfCall('close') !== undefined;
  fail({
    class: 'time-out',
    message: 'The tests are over, and the process goes on: a connection to Redis is still open.',
    next: closes
      ? 'Close everything that has a connection, in a hook after all tests: each Queue, and each client of ioredis with quit().'
      : 'Call await queue.close() in a hook after all tests.',
    at: [{ code: 'new Redis($$$)' }, { code: 'new Queue($$$)' }],
  });
}

/**
 * The jobs of the tests reach Redis, and mayNotify is tested on the mock.
 * @throws CheckFailure otherwise
 */
export function expectBothKinds(task: Task): void {
  if (!task.source.uses('ioredis-mock')) {
    fail({
      class: 'requirement-not-met',
      message: 'The tests of mayNotify do not run on ioredis-mock: the file does not import it.',
      next: "Write import RedisMock from 'ioredis-mock', and hand mayNotify a new RedisMock().",
      at: [{ code: 'new Redis($$$)' }, { text: 'ioredis' }],
    });
  }
  if (task.source.uses('bullmq')) return;
  fail({
    class: 'requirement-not-met',
    message: 'The tests have no real queue: the file does not import BullMQ.',
    next: "Write import { Queue } from 'bullmq', and hand the function a Queue with connection: {}.",
    at: { calls: ['stub', 'fake', 'mock'] },
  });
}
