import kue from 'kue';
import { test } from 'uvu';
import { equal, instance, is, throws } from 'uvu/assert';
import createPushNotificationsJobs from './8-job';

const queue = kue.createQueue();
queue.testMode.enter();

test.after(() => {
  queue.testMode.clear();
  queue.testMode.exit();
  return new Promise((resolve) => {
    queue.shutdown(100, resolve);
  });
});

test('all in one', () => {
  throws(() => createPushNotificationsJobs(7, queue), /^Jobs is not an array$/);

  const data = [{ phoneNumber: '4159518782', message: 'one' }, { phoneNumber: '4158718781', message: 'two' }];
  createPushNotificationsJobs(data, queue);
  instance(queue.testMode.jobs, Array);
  is(queue.testMode.jobs.length, 2);
  queue.testMode.jobs.forEach((job, i) => {
    is(job.type, 'push_notification_code_3');
    equal(job.data, data[i]);
  });
});

test.run();
