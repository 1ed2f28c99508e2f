import assert from 'node:assert/strict';
import type { Feature } from '../features';
import { countsOf, ended, gate, told, type Workshop } from './workshop';

const tenJobs = Array.from({ length: 10 }, (_, at) => ({ name: `job${at}`, data: {} }));

/** How many jobs run at once, and when none may. */
export const limits: readonly Feature<Workshop>[] = [
  {
    title: 'no more jobs are done than the limit allows in its time, and then the others',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(tenJobs.slice(0, 5));
      const worker = shop.worker(async () => {}, {
        limiter: { max: 2, duration: 600_000 },
        concurrency: 5,
      });
      await ended(worker, 'completed', 2);
      assert.ok((await queue.getRateLimitTtl(2)) > 0);
      assert.equal(await queue.getWaitingCount(), 3);
      await worker.close();
      await queue.removeRateLimitKey();
      const free = shop.worker(async () => {});
      await ended(free, 'completed', 3);
    },
  },
  {
    title: 'a worker sets a limit by hand',
    async run(shop) {
      const queue = shop.queue();
      await queue.add('job', {});
      const starts: number[] = [];
      const worker = shop.worker(
        async () => {
          starts.push(Date.now());
          if (starts.length > 1) return;
          await worker.rateLimit(120);
          throw shop.bull.Worker.RateLimitError();
        },
        { limiter: { max: 1, duration: 20 } },
      );
      await ended(worker, 'completed', 1);
      assert.ok(Number(starts[1]) - Number(starts[0]) >= 110, starts.join());
    },
  },
  {
    title: 'a limit set on the queue has its time to live, and is taken away',
    async run(shop) {
      const queue = shop.queue();
      await queue.rateLimit(60_000);
      const left = await queue.getRateLimitTtl();
      assert.ok(left > 55_000 && left <= 60_000, String(left));
      await queue.removeRateLimitKey();
      assert.ok((await queue.getRateLimitTtl()) <= 0);
    },
  },
  {
    title: 'a limit for all workers is set, read and taken away',
    async run(shop) {
      const queue = shop.queue();
      await queue.setGlobalRateLimit(3, 500);
      assert.deepEqual(await queue.getGlobalRateLimit(), { max: 3, duration: 500 });
      await queue.removeGlobalRateLimit();
      assert.equal(await queue.getGlobalRateLimit(), null);
    },
  },
  {
    title: 'a worker does so many jobs at once, and that number can be changed',
    async run(shop) {
      await shop.queue().addBulk(tenJobs);
      const [three, more] = [gate(), gate()];
      let running = 0;
      let most = 0;
      const worker = shop.worker(
        async () => {
          running += 1;
          most = Math.max(most, running);
          if (running === 3) three.open();
          await more.opened;
          running -= 1;
        },
        { concurrency: 3 },
      );
      const all = ended(worker, 'completed', 10);
      await three.opened;
      assert.equal(most, 3);
      worker.concurrency = 5;
      assert.equal(worker.concurrency, 5);
      more.open();
      await all;
    },
  },
  {
    title: 'so many jobs run at once, whatever number of workers there is',
    async run(shop) {
      const queue = shop.queue();
      await queue.setGlobalConcurrency(2);
      assert.equal(await queue.getGlobalConcurrency(), 2);
      await queue.addBulk(tenJobs);
      let running = 0;
      let most = 0;
      const work = async () => {
        running += 1;
        most = Math.max(most, running);
        await queue.getActiveCount();
        running -= 1;
      };
      const workers = [
        shop.worker(work, { concurrency: 4 }),
        shop.worker(work, { concurrency: 4 }),
      ];
      let left = tenJobs.length;
      await new Promise<void>((resolve) => {
        for (const worker of workers) {
          worker.on('completed', () => {
            left -= 1;
            if (left === 0) resolve();
          });
        }
      });
      assert.equal(most, 2);
      await queue.removeGlobalConcurrency();
      assert.equal(await queue.getGlobalConcurrency(), null);
    },
  },
  {
    title: 'a queue says that it is full',
    async run(shop) {
      const queue = shop.queue();
      await queue.setGlobalConcurrency(1);
      const { worker, started, finish } = heldWorker(shop);
      await queue.add('job', {});
      await started.opened;
      assert.equal(await queue.isMaxed(), true);
      finish.open();
      await ended(worker, 'completed', 1);
      assert.equal(await queue.isMaxed(), false);
    },
  },
  {
    title: 'a paused queue keeps its jobs, and does them when it is resumed',
    async run(shop) {
      const queue = shop.queue();
      await queue.add('before', {});
      await queue.pause();
      await queue.add('after', {});
      assert.equal(await queue.isPaused(), true);
      const worker = shop.worker(async () => {});
      await worker.waitUntilReady();
      assert.equal(await queue.getCompletedCount(), 0);
      const done = ended(worker, 'completed', 2);
      await queue.resume();
      assert.deepEqual(
        (await done).map(({ name }) => name),
        ['before', 'after'],
      );
      assert.equal(await queue.isPaused(), false);
    },
  },
  {
    title: 'pausing and resuming are told by the queue and by its events',
    async run(shop) {
      const queue = shop.queue();
      const events = shop.events();
      const [paused, resumed] = [told(events, 'paused'), told(events, 'resumed')];
      const own = [told(queue, 'paused'), told(queue, 'resumed')];
      await queue.pause();
      await queue.resume();
      await Promise.all([paused, resumed, ...own]);
    },
  },
  {
    title: 'a paused worker ends its job and takes no other',
    async run(shop) {
      const queue = shop.queue();
      const { worker, started, finish } = heldWorker(shop);
      await queue.addBulk(tenJobs.slice(0, 2));
      await started.opened;
      const paused = worker.pause();
      finish.open();
      await paused;
      assert.ok(worker.isPaused());
      assert.equal((await queue.getCompletedCount()) + (await queue.getWaitingCount()), 2);
      const left = await queue.getWaitingCount();
      const rest = left > 0 ? ended(worker, 'completed', left) : undefined;
      await worker.resume();
      await rest;
    },
  },
  {
    title: 'a job whose worker lost it is done by another',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('job', {});
      const lost = shop.worker(null, { lockDuration: 40 });
      assert.equal((await lost.getNextJob('token'))?.id, job.id);
      const worker = shop.worker(async () => 'done', { stalledInterval: 50 });
      const stalled = told<string>(worker, 'stalled');
      const [done] = await ended(worker, 'completed', 1);
      assert.equal(await stalled, job.id);
      assert.deepEqual([done?.returnvalue, done?.stalledCounter], ['done', 1]);
    },
  },
  {
    title: 'a job that is lost too often fails',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('job', {});
      const lost = shop.worker(null, { lockDuration: 40 });
      await lost.getNextJob('token');
      const worker = shop.worker(async () => {}, { stalledInterval: 50, maxStalledCount: 0 });
      const [failed] = await ended(worker, 'failed', 1);
      assert.equal(failed?.id, job.id);
      assert.match(failed?.failedReason ?? '', /stalled more than allowable limit/);
    },
  },
  {
    title: 'a worker holds a job for longer than its lock lasts',
    async run(shop) {
      const queue = shop.queue();
      await queue.add('job', {});
      const renewed = gate();
      const worker = shop.worker(() => renewed.opened, { lockDuration: 1000 });
      const done = ended(worker, 'completed', 1);
      let times = 0;
      worker.on('locksRenewed', () => {
        times += 1;
        if (times === 3) renewed.open();
      });
      assert.equal((await done)[0]?.stalledCounter, 0);
    },
  },
  {
    title: 'jobs are taken and ended by hand',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(tenJobs.slice(0, 2));
      const worker = shop.worker(null);
      const first = await worker.getNextJob('token');
      assert.equal(await first?.extendLock('token', 10_000), 1);
      await first?.moveToCompleted('done', 'token', false);
      const second = await worker.getNextJob('token');
      await second?.moveToFailed(new Error('no'), 'token', false);
      assert.deepEqual(
        [await first?.getState(), await second?.getState()],
        ['completed', 'failed'],
      );
      assert.equal(await worker.getNextJob('token', { block: false }), undefined);
    },
  },
  {
    title: 'a job cannot be ended with a token that is not its own',
    async run(shop) {
      await shop.queue().add('job', {});
      const job = await shop.worker(null).getNextJob('mine');
      await assert.rejects(async () => job?.moveToCompleted('done', 'other', false), /lock/i);
    },
  },
  {
    title: 'a worker that is closed ends its job first',
    async run(shop) {
      const queue = shop.queue();
      const { worker, started, finish } = heldWorker(shop);
      await queue.addBulk(tenJobs.slice(0, 1));
      await started.opened;
      const closed = worker.close();
      finish.open();
      await closed;
      assert.deepEqual(await countsOf(queue, 'completed', 'active'), {
        completed: 1,
        active: 0,
      });
    },
  },
  {
    title: 'a worker goes on when its connections are cut',
    async run(shop) {
      const queue = shop.queue();
      const worker = shop.worker(async () => 'done');
      await worker.waitUntilReady();
      const first = ended(worker, 'completed', 1);
      await queue.add('job', {});
      await first;
      const [waiting] = await queue.getWorkers();
      await shop.redis().client('KILL', 'ID', Number(waiting?.id));
      const done = ended(worker, 'completed', 1);
      await queue.add('job', {});
      assert.equal((await done)[0]?.returnvalue, 'done');
    },
  },
];

/** A worker that says when a job has begun, and holds it until it may end. */
function heldWorker(shop: Workshop) {
  const [started, finish] = [gate(), gate()];
  const worker = shop.worker(async () => {
    started.open();
    await finish.opened;
  });
  return { worker, started, finish };
}
