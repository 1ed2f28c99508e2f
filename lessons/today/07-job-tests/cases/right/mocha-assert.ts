import { strict as assert } from 'node:assert';
import { Queue } from 'bullmq';
import Redis from 'ioredis-mock';
import { after, afterEach, before, describe, it } from 'mocha';
import { createPushNotificationsJobs, mayNotify } from './today-job';

const list = ['4153518780', '4153518781', '4153518743'].map((phoneNumber, index) => ({
  phoneNumber,
  message: `This is the code ${index} to verify your account`,
}));

describe('today-job', function () {
  this.timeout(5000);

  describe('jobs', () => {
    let queue: Queue;

    before(async () => {
      // A prefix and a name that are new each time.
      queue = new Queue(`jobs-${process.pid}`, { connection: {}, prefix: 'test' });
      await queue.waitUntilReady();
    });

    afterEach(() => queue.obliterate());
    after(() => queue.close());

    for (const wrong of [null, 'text', 3, { length: 0 }]) {
      it(`refuses ${JSON.stringify(wrong)}`, () =>
        assert.rejects(() => createPushNotificationsJobs(wrong as never, queue), {
          message: 'Jobs is not an array',
        }));
    }

    it('adds them all', async () => {
      const added = await createPushNotificationsJobs(list, queue);
      assert.equal(await queue.getWaitingCount(), list.length);
      for (const [index, job] of added.entries()) {
        const stored = await queue.getJob(job.id ?? '');
        assert.deepEqual(stored?.data, list[index]);
        assert.equal(stored?.name, 'push_notification');
      }
    });
  });

  describe('numbers', () => {
    it('one an hour', async () => {
      const redis = new Redis();
      const both = await Promise.all([mayNotify('7', redis), mayNotify('7', redis)]);
      assert.deepEqual(both.sort(), [false, true]);
      assert.equal(await mayNotify('8', redis), true);
      assert.equal((await redis.pttl('notified:7')) > 3_000_000, true);
      redis.disconnect();
    });
  });
});
