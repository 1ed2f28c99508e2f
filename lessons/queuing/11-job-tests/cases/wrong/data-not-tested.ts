import { createQueue } from 'kue';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import createPushNotificationsJobs from './8-job';

const queue = createQueue();
const list = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
];

const test = suite('createPushNotificationsJobs');

test.before(() => {
  queue.testMode.enter();
});

test.after.each(() => {
  queue.testMode.clear();
});

test.after(async () => {
  queue.testMode.exit();
  await new Promise((resolve) => queue.shutdown(1000, resolve));
});

test('refuses what is not an array', () => {
  assert.throws(
    () => createPushNotificationsJobs('jobs' as never, queue),
    (error: Error) => error.message === 'Jobs is not an array',
  );
});

test('creates two jobs', () => {
  createPushNotificationsJobs(list, queue);
  assert.is(queue.testMode.jobs.length, 2);
});

test('puts them in the right queue', () => {
  createPushNotificationsJobs(list, queue);
  for (const job of queue.testMode.jobs) assert.is(job.type, 'push_notification_code_3');
});

test.run();
