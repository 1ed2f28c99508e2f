import { createQueue, type Job } from 'kue';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import createPushNotificationsJobs from './8-job';

const queue = createQueue();
const log = console.log;
let lines: string[] = [];

const list = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
];

const test = suite('createPushNotificationsJobs');

test.before(() => queue.testMode.enter());

test.before.each(() => {
  lines = [];
  console.log = (...words: unknown[]) => lines.push(words.join(' '));
});

test.after.each(() => {
  console.log = log;
  queue.testMode.clear();
});

test.after(() => {
  queue.testMode.exit();
  // An open connection would keep the process alive.
  return new Promise<void>((resolve) => queue.shutdown(1000, () => resolve()));
});

for (const wrong of [undefined, null, 42, 'jobs', { 0: list[0], length: 1 }]) {
  test(`refuses ${JSON.stringify(wrong)}`, () => {
    assert.throws(
      // @ts-expect-error JavaScript callers can pass anything.
      () => createPushNotificationsJobs(wrong, queue),
      (error: unknown) => error instanceof Error && error.message === 'Jobs is not an array',
    );
    assert.is(queue.testMode.jobs.length, 0);
  });
}

test('makes no job of an empty list', () => {
  createPushNotificationsJobs([], queue);
  assert.is(queue.testMode.jobs.length, 0);
});

test('saves one job for each notification, in order, with its data', () => {
  createPushNotificationsJobs(list, queue);
  assert.equal(
    queue.testMode.jobs.map(({ type, data }) => ({ type, data })),
    list.map((data) => ({ type: 'push_notification_code_3', data })),
  );
});

test('logs each job that is created', () => {
  createPushNotificationsJobs(list, queue);
  assert.equal(
    lines,
    queue.testMode.jobs.map(({ id }) => `Notification job created: ${id}`),
  );
});

test('logs what becomes of a job', () => {
  const job = onlyJob();
  job.emit('progress', 50);
  job.emit('complete');
  job.emit('failed', 'Phone number 4153518780 is blacklisted');
  assert.equal(lines.slice(1), [
    `Notification job ${job.id} 50% complete`,
    `Notification job ${job.id} completed`,
    `Notification job ${job.id} failed: Phone number 4153518780 is blacklisted`,
  ]);
});

test.run();

/** Creates a single job and returns it as the queue received it. */
function onlyJob(): Job {
  createPushNotificationsJobs(list.slice(0, 1), queue);
  const [job, ...others] = queue.testMode.jobs;
  assert.is(others.length, 0);
  if (!job) throw new Error('no job was saved');
  return job;
}
