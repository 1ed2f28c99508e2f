import assert from 'node:assert/strict';
import type { Feature } from '../features';
import { ended, type Workshop } from './workshop';

/** Jobs that come again and again. */
export const schedulers: readonly Feature<Workshop>[] = [
  {
    title: 'a job comes every so many milliseconds, with the name and data of its template',
    async run(shop) {
      const queue = shop.queue();
      await queue.upsertJobScheduler('tick', { every: 60 }, { name: 'beat', data: { a: 1 } });
      const done = await ended(
        shop.worker(async ({ data }) => data),
        'completed',
        3,
      );
      await queue.removeJobScheduler('tick');
      assert.deepEqual(
        done.map(({ name, returnvalue }) => [name, returnvalue]),
        Array.from({ length: 3 }, () => ['beat', { a: 1 }]),
      );
      assert.match(String(done[0]?.id), /^repeat:tick:\d+$/);
    },
  },
  {
    title: 'a job comes by a cron pattern',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.upsertJobScheduler('cron', { pattern: '* * * * * *' });
      assert.ok(job.delay <= 1000);
      const done = await ended(
        shop.worker(async () => {}),
        'completed',
        1,
      );
      await queue.removeJobScheduler('cron');
      assert.equal(done.length, 1);
    },
  },
  {
    title: 'a pattern is read in its time zone',
    async run(shop) {
      const queue = shop.queue();
      const repeat = { pattern: '0 0 3 * * *', tz: 'Asia/Tokyo' };
      const job = await queue.upsertJobScheduler('night', repeat);
      // The moment of adding is a little later than the one the delay was reckoned from.
      const due = new Date(Number(job.timestamp) + job.delay + 60_000);
      assert.equal(due.getUTCHours(), 18);
      assert.equal((await queue.getJobScheduler('night'))?.tz, 'Asia/Tokyo');
    },
  },
  {
    title: 'a scheduler is changed: its next job is another',
    async run(shop) {
      const queue = shop.queue();
      await queue.upsertJobScheduler('one', { every: 600_000 }, { data: 1 });
      await queue.upsertJobScheduler('one', { every: 300_000 }, { data: 2 });
      assert.equal(await queue.getJobSchedulersCount(), 1);
      const scheduler = await queue.getJobScheduler('one');
      assert.deepEqual([scheduler?.every, scheduler?.template?.data], [300_000, 2]);
      assert.equal((await queue.getDelayedCount()) + (await queue.getWaitingCount()), 1);
    },
  },
  {
    title: 'a scheduler is removed with its next job, and once only',
    async run(shop) {
      const queue = shop.queue();
      await queue.upsertJobScheduler('one', { pattern: '0 0 1 1 *' });
      assert.equal(await queue.getDelayedCount(), 1);
      assert.equal(await queue.removeJobScheduler('one'), true);
      assert.equal(await queue.removeJobScheduler('one'), false);
      assert.deepEqual(
        [await queue.getDelayedCount(), await queue.getJobSchedulersCount()],
        [0, 0],
      );
    },
  },
  {
    title: 'schedulers are listed by their next time',
    async run(shop) {
      const queue = shop.queue();
      for (const [id, hour] of [
        ['c', 3],
        ['a', 1],
        ['b', 2],
      ] as const) {
        await queue.upsertJobScheduler(id, { pattern: `0 0 ${hour} 1 1 *` });
      }
      const keys = (await queue.getJobSchedulers(0, -1, true)).map(({ key }) => key);
      assert.deepEqual(keys, ['a', 'b', 'c']);
      const [last] = await queue.getJobSchedulers(0, 0, false);
      assert.equal(last?.key, 'c');
    },
  },
  {
    title: 'a scheduler ends after so many jobs',
    async run(shop) {
      const queue = shop.queue();
      await queue.upsertJobScheduler('few', { every: 40, limit: 2 });
      await ended(
        shop.worker(async () => {}),
        'completed',
        2,
      );
      assert.deepEqual([await queue.getDelayedCount(), await queue.getWaitingCount()], [0, 0]);
    },
  },
  {
    title: 'a scheduler begins at its time',
    async run(shop) {
      const queue = shop.queue();
      const startDate = new Date(Date.now() + 300_000);
      const job = await queue.upsertJobScheduler('later', { every: 1000, startDate });
      assert.ok(job.delay > 290_000);
    },
  },
  {
    title: 'a strategy of one’s own says when the next job comes',
    async run(shop) {
      const settings = { repeatStrategy: (millis: number) => millis + 50 };
      const queue = shop.queue({ settings });
      await queue.upsertJobScheduler('mine', { pattern: 'soon' });
      await ended(
        shop.worker(async () => {}, { settings }),
        'completed',
        3,
      );
    },
  },
  {
    title: 'options of the template are those of its jobs',
    async run(shop) {
      const queue = shop.queue();
      const opts = { attempts: 3, priority: 4, removeOnComplete: true };
      const job = await queue.upsertJobScheduler('opts', { every: 600_000 }, { opts });
      assert.deepEqual([job.opts.attempts, job.opts.priority], [3, 4]);
    },
  },
];
