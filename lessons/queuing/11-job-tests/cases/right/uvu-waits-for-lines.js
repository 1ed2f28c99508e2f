import kue from 'kue';
import { suite } from 'uvu';
import { equal, is, throws } from 'uvu/assert';
import createPushNotificationsJobs from './8-job';

const queue = kue.createQueue();
const print = console.log;
const jobs = suite('jobs');

/** The lines that the function prints while it saves so many jobs. */
function lines(count, work) {
  return new Promise((resolve) => {
    const seen = [];
    console.log = (line) => {
      if (/created/.test(line)) seen.push(line);
      if (seen.length === count) resolve(seen);
    };
    work();
  });
}

jobs.before(() => queue.testMode.enter());
jobs.after.each(() => {
  console.log = print;
  queue.testMode.clear();
});
jobs.after(() => queue.testMode.exit());

jobs('no array', () => {
  throws(() => createPushNotificationsJobs({}, queue), /^Jobs is not an array$/);
});

jobs('tells of each job and keeps its data', async () => {
  const data = [{ phoneNumber: '4159518782', message: 'one' }, { phoneNumber: '4158718781', message: 'two' }];
  const told = await lines(2, () => createPushNotificationsJobs(data, queue));
  is(told.length, 2);
  equal(queue.testMode.jobs.map((job) => job.data), data);
  equal(queue.testMode.jobs.map((job) => job.type), Array(2).fill('push_notification_code_3'));
});

jobs.run();
