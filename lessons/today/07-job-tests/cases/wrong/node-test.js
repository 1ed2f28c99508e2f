import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { Queue } from 'bullmq';
import RedisMock from 'ioredis-mock';
import { createPushNotificationsJobs, mayNotify } from './today-job';

const queue = new Queue('node-test', { connection: {} });

after(async () => {
  await queue.obliterate();
  await queue.close();
});

test('refuses', async () => {
  await assert.rejects(createPushNotificationsJobs('x', queue), /Jobs is not an array/);
});

test('asks', async () => {
  const redis = new RedisMock();
  assert.equal(await mayNotify('1', redis), true);
});
