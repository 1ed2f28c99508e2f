import assert from 'node:assert/strict';
import kue from 'kue';
import createPushNotificationsJobs from './8-job';

let queue;

before(() => {
  queue = kue.createQueue();
  queue.testMode.enter();
});

after((done) => {
  queue.testMode.clear();
  queue.testMode.exit();
  queue.shutdown(500, () => done());
});

it('refuses an object', () => {
  assert.throws(() => createPushNotificationsJobs({ length: 2 }, queue), { message: 'Jobs is not an array' });
});

it('queues in order', () => {
  const made = [{ phoneNumber: '1', message: 'a' }, { phoneNumber: '2', message: 'b' }];
  createPushNotificationsJobs(made, queue);
  assert.deepEqual(
    queue.testMode.jobs.map(({ type, data }) => [type, data]),
    made.map((data) => ['push_notification_code_3', data]),
  );
});
