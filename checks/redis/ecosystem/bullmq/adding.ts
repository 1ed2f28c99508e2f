import assert from 'node:assert/strict';
import type { Feature } from '../features';
import { countsOf, ended, told, type Workshop } from './workshop';

/** How jobs come into a queue, and in which order they leave it. */
export const adding: readonly Feature<Workshop>[] = [
  {
    title: 'a job is added, done, and its result is kept',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('sum', { a: 1, b: 2 });
      const worker = shop.worker(async ({ data }) => data.a + data.b);
      const [done] = await ended(worker, 'completed', 1);
      assert.equal(done?.returnvalue, 3);
      assert.equal((await queue.getJob(String(job.id)))?.returnvalue, 3);
      assert.equal(await job.getState(), 'completed');
    },
  },
  {
    title: 'jobs added in bulk are done in their order',
    async run(shop) {
      const names = Array.from({ length: 50 }, (_, at) => `job${at}`);
      await shop.queue().addBulk(names.map((name) => ({ name, data: {} })));
      const done = await ended(
        shop.worker(async () => {}),
        'completed',
        names.length,
      );
      assert.deepEqual(
        done.map(({ name }) => name),
        names,
      );
    },
  },
  {
    title: 'data of all kinds arrive as they were',
    async run(shop) {
      const data = {
        text: 'grüß Gott, 世界 👋 \u0000\r\n"',
        numbers: [0, -1, 1.5, 2 ** 53, 1e300],
        nested: { none: null, yes: true, empty: {}, list: [] },
        long: 'x'.repeat(100_000),
      };
      await shop.queue().add('data', data);
      const [done] = await ended(
        shop.worker(async (job) => job.data),
        'completed',
        1,
      );
      assert.deepEqual(done?.data, data);
      assert.deepEqual(done?.returnvalue, data);
    },
  },
  {
    title: 'an id of its own is taken once',
    async run(shop) {
      const queue = shop.queue();
      const events = shop.events();
      const duplicated = told<{ jobId: string }>(events, 'duplicated');
      await queue.add('first', { at: 1 }, { jobId: 'mine' });
      await queue.add('second', { at: 2 }, { jobId: 'mine' });
      assert.equal((await duplicated).jobId, 'mine');
      assert.equal((await queue.getJob('mine'))?.name, 'first');
      assert.equal(await queue.count(), 1);
    },
  },
  {
    title: 'an id that is a number is refused',
    async run(shop) {
      await assert.rejects(shop.queue().add('job', {}, { jobId: '12' }), /integer/i);
    },
  },
  {
    title: 'options of the queue are those of its jobs',
    async run(shop) {
      const queue = shop.queue({ defaultJobOptions: { attempts: 3, removeOnComplete: true } });
      const job = await queue.add('job', {}, { attempts: 4 });
      assert.deepEqual([job.opts.attempts, job.opts.removeOnComplete], [4, true]);
    },
  },
  {
    title: 'data beyond its limit are refused',
    async run(shop) {
      const add = shop.queue().add('job', { text: 'x'.repeat(100) }, { sizeLimit: 50 });
      await assert.rejects(add, /exceeds the limit/);
    },
  },
  {
    title: 'a delayed job is done when its time has come',
    async run(shop) {
      const job = await shop.queue().add('late', {}, { delay: 150 });
      assert.equal(await job.getState(), 'delayed');
      const [done] = await ended(
        shop.worker(async () => {}),
        'completed',
        1,
      );
      assert.ok(Number(done?.processedOn) - Number(job.timestamp) >= 150);
    },
  },
  {
    title: 'delayed jobs are done by their time, not by their order',
    async run(shop) {
      const queue = shop.queue();
      // At once, so that none is due before the others are there.
      await queue.addBulk(
        Object.entries({ third: 180, first: 60, second: 120 }).map(([name, delay]) => ({
          name,
          data: {},
          opts: { delay },
        })),
      );
      const done = await ended(
        shop.worker(async () => {}),
        'completed',
        3,
      );
      assert.deepEqual(
        done.map(({ name }) => name),
        ['first', 'second', 'third'],
      );
    },
  },
  {
    title: 'a delayed job is promoted',
    async run(shop) {
      const job = await shop.queue().add('late', {}, { delay: 600_000 });
      await job.promote();
      assert.equal(await job.getState(), 'waiting');
      await ended(
        shop.worker(async () => {}),
        'completed',
        1,
      );
    },
  },
  {
    title: 'all delayed jobs are promoted',
    async run(shop) {
      const queue = shop.queue();
      const late = { name: 'late', data: {}, opts: { delay: 600_000 } };
      await queue.addBulk(Array.from({ length: 5 }, () => late));
      await queue.promoteJobs({ count: 2 });
      assert.deepEqual(await countsOf(queue, 'delayed', 'waiting'), { delayed: 0, waiting: 5 });
    },
  },
  {
    title: 'a delay is changed',
    async run(shop) {
      const job = await shop.queue().add('late', {}, { delay: 600_000 });
      await job.changeDelay(20);
      assert.equal(job.delay, 20);
      await ended(
        shop.worker(async () => {}),
        'completed',
        1,
      );
    },
  },
  {
    title: 'the last job in is the first out',
    async run(shop) {
      const queue = shop.queue();
      for (const name of ['a', 'b', 'c']) await queue.add(name, {}, { lifo: true });
      const done = await ended(
        shop.worker(async () => {}),
        'completed',
        3,
      );
      assert.equal(done.map(({ name }) => name).join(''), 'cba');
    },
  },
  {
    title: 'jobs are done by their priority, and among equals by their order',
    async run(shop) {
      const queue = shop.queue();
      const order = [10, 1, 2_097_151, 5, 1, 10, 0];
      for (const [at, priority] of order.entries()) {
        await queue.add(String(at), {}, priority ? { priority } : {});
      }
      const done = await ended(
        shop.worker(async () => {}),
        'completed',
        order.length,
      );
      assert.equal(done.map(({ name }) => name).join(''), '6143052');
    },
  },
  {
    title: 'a priority is changed, and given to a job that had none',
    async run(shop) {
      const queue = shop.queue();
      const low = await queue.add('low', {}, { priority: 50 });
      const none = await queue.add('none', {});
      await queue.add('middle', {}, { priority: 10 });
      await low.changePriority({ priority: 1 });
      await none.changePriority({ priority: 20 });
      const done = await ended(
        shop.worker(async () => {}),
        'completed',
        3,
      );
      assert.deepEqual(
        done.map(({ name }) => name),
        ['low', 'middle', 'none'],
      );
    },
  },
  {
    title: 'jobs are counted by their priority',
    async run(shop) {
      const queue = shop.queue();
      for (const priority of [1, 1, 3]) await queue.add('job', {}, { priority });
      await queue.add('job', {});
      assert.deepEqual(await queue.getCountsPerPriority([0, 1, 2, 3]), { 0: 1, 1: 2, 2: 0, 3: 1 });
    },
  },
  {
    title: 'a prefix keeps two queues of one name apart',
    async run(shop) {
      const [one, other] = [shop.queue({ prefix: '{one}' }), shop.queue({ prefix: '{other}' })];
      await one.add('job', {});
      assert.deepEqual([await one.count(), await other.count()], [1, 0]);
      const worker = shop.worker(async () => 'done', { prefix: '{one}' });
      const [done] = await ended(worker, 'completed', 1);
      assert.equal(done?.returnvalue, 'done');
    },
  },
];
