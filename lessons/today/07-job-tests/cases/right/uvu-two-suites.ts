import { suite } from 'uvu';
import { equal, is, ok } from 'uvu/assert';
import assert from 'node:assert';
import { Queue } from 'bullmq';
import IORedis from 'ioredis';
import RedisMock from 'ioredis-mock';
import { createPushNotificationsJobs, mayNotify } from './today-job';

const connection = new IORedis({ maxRetriesPerRequest: null });
const queue = new Queue('two-suites', { connection });

const Jobs = suite('jobs');
Jobs.after(async () => {
  await queue.obliterate();
  await queue.close();
  await connection.quit();
});
Jobs('no array', () =>
  assert.rejects(createPushNotificationsJobs(7 as any, queue), /^Error: Jobs is not an array$/),
);
Jobs('three', async () => {
  const list = [1, 2, 3].map((n) => ({ phoneNumber: `${n}`, message: `number ${n}` }));
  const jobs = await createPushNotificationsJobs(list, queue);
  is(jobs.length, 3);
  equal((await queue.getWaiting()).map(({ data }) => data), list);
});
Jobs.run();

const Numbers = suite('numbers');
Numbers('first true, then false', async () => {
  const redis = new RedisMock();
  is(await mayNotify('x', redis), true);
  is(await mayNotify('x', redis), false);
  is(await mayNotify('y', redis), true);
  ok(await redis.ttl('notified:x') > 0);
});
Numbers.run();
