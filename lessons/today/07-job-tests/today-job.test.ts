import assert from 'node:assert/strict';
import { Queue } from 'bullmq';
import RedisMock from 'ioredis-mock';
import { suite } from 'uvu';
import { createPushNotificationsJobs, mayNotify } from './today-job';

const list = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
];

// A real queue, under a name that no program uses: obliterate() takes all that is in it.
const queue = new Queue('today-job-test', { connection: {} });

const creating = suite('createPushNotificationsJobs');

creating.after.each(() => queue.obliterate());
creating.after(() => queue.close());

for (const wrong of [undefined, null, 42, 'jobs', { 0: list[0], length: 1 }]) {
  creating(`refuses ${JSON.stringify(wrong)}`, async () => {
    await assert.rejects(
      // @ts-expect-error JavaScript callers can pass anything.
      createPushNotificationsJobs(wrong, queue),
      new Error('Jobs is not an array'),
    );
  });
}

creating('adds no job for an empty list', async () => {
  assert.deepEqual(await createPushNotificationsJobs([], queue), []);
  assert.equal(await queue.count(), 0);
});

creating('adds one job for each notification, in order, with its data', async () => {
  const jobs = await createPushNotificationsJobs(list, queue);
  const waiting = await queue.getWaiting();
  assert.deepEqual(
    waiting.map(({ id, name, data }) => ({ id, name, data })),
    list.map((data, index) => ({ id: jobs[index]?.id, name: 'push_notification', data })),
  );
});

creating.run();

const asking = suite('mayNotify');
const redis = new RedisMock();

asking.after.each(async () => {
  await redis.flushall();
});
asking.after(async () => {
  await redis.quit();
});

asking('lets a number have one notification', async () => {
  assert.equal(await mayNotify('4153518780', redis), true);
  assert.equal(await mayNotify('4153518780', redis), false);
});

asking('does not let one number stand in the way of another', async () => {
  await mayNotify('4153518780', redis);
  assert.equal(await mayNotify('4153518781', redis), true);
});

asking('lets one alone have it of two who ask at once', async () => {
  const answers = await Promise.all([
    mayNotify('4153518780', redis),
    mayNotify('4153518780', redis),
  ]);
  assert.deepEqual(answers, [true, false]);
});

asking('lets the number have another after an hour', async () => {
  await mayNotify('4153518780', redis);
  const seconds = await redis.ttl('notified:4153518780');
  assert.ok(seconds > 3590 && seconds <= 3600, `${seconds} seconds`);
});

asking.run();
