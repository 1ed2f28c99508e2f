import kue from 'kue';
import { test } from 'uvu';
import { equal, is, throws } from 'uvu/assert';
import createPushNotificationsJobs from './8-job';

const queue = kue.createQueue();

test.before(queue.testMode.enter);
test.after(() => {
  queue.testMode.clear();
  queue.testMode.exit();
});

test('no array', () => {
  throws(() => createPushNotificationsJobs('none', queue), /^Jobs is not an array$/);
});

test('two jobs', () => {
  const data = [{ phoneNumber: '4159518782', message: 'one' }, { phoneNumber: '4158718781', message: 'two' }];
  createPushNotificationsJobs(data, queue);
  is(queue.testMode.jobs.length, 2);
  equal(queue.testMode.jobs.map((job) => job.data), data);
  queue.testMode.jobs.forEach((job) => is(job.type, 'push_notification_code_3'));
});

test.run();
