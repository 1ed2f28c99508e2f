import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Queue } from 'bullmq';
import RedisMock from 'ioredis-mock';
import { createPushNotificationsJobs, mayNotify } from './today-job.js';

const queue = new Queue('test-of-today-job', { connection: {} });
const redis = new RedisMock();

test.after(async () => {
  await queue.obliterate({ force: true });
  await queue.close();
  redis.disconnect();
});

test('no array', async () => {
  try {
    await createPushNotificationsJobs({}, queue);
    assert.unreachable('should have thrown');
  } catch (err) {
    assert.instance(err, Error);
    assert.match(err.message, 'Jobs is not an array');
  }
});

test('jobs', async () => {
  await queue.drain();
  const list = [{ phoneNumber: '1', message: 'one' }, { phoneNumber: '2', message: 'two' }];
  await createPushNotificationsJobs(list, queue);
  const counts = await queue.getJobCounts('waiting');
  assert.is(counts.waiting, 2);
  const jobs = await queue.getWaiting();
  assert.equal(jobs.map((job) => job.data), list);
});

test('numbers', async () => {
  assert.ok(await mayNotify('a', redis));
  assert.not(await mayNotify('a', redis));
  assert.ok(await mayNotify('b', redis));
  assert.ok((await redis.ttl('notified:a')) > 3500);
});

test.run();
