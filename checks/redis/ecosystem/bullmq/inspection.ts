import assert from 'node:assert/strict';
import type { Feature } from '../features';
import { countsOf, ended, gate, told, type Workshop } from './workshop';

const jobs = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: `job${at}`, data: {} }));

/** What can be asked about a queue and changed in it. */
export const inspection: readonly Feature<Workshop>[] = [
  {
    title: 'jobs are listed by state, in both orders and in part',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(jobs(5));
      await queue.add('late', {}, { delay: 600_000 });
      const names = async (...range: [number?, number?, boolean?]) =>
        (await queue.getJobs(['waiting'], ...range)).map(({ name }) => name).join(' ');
      assert.equal(await names(0, -1, true), 'job0 job1 job2 job3 job4');
      assert.equal(await names(1, 2, true), 'job1 job2');
      assert.equal(await names(0, 1), 'job4 job3');
      assert.equal((await queue.getJobs()).length, 6);
      assert.equal((await queue.getRanges(['delayed'], 0, -1)).length, 1);
    },
  },
  {
    title: 'jobs of each state are counted and listed',
    async run(shop) {
      const queue = shop.queue();
      await queue.add('good', {});
      await queue.add('bad', {});
      const worker = shop.worker(async ({ name }) => {
        if (name === 'bad') throw new Error('bad');
      });
      await Promise.all([ended(worker, 'completed', 1), ended(worker, 'failed', 1)]);
      await worker.close();
      await queue.add('waiting', {});
      await queue.add('late', {}, { delay: 600_000 });
      await queue.add('prior', {}, { priority: 1 });
      const counts = { completed: 1, failed: 1, waiting: 1, delayed: 1, prioritized: 1, active: 0 };
      assert.deepEqual(
        await countsOf(queue, ...(Object.keys(counts) as (keyof typeof counts)[])),
        counts,
      );
      const lists = await Promise.all([
        queue.getCompleted(),
        queue.getFailed(),
        queue.getWaiting(),
        queue.getDelayed(),
        queue.getPrioritized(),
        queue.getActive(),
      ]);
      assert.deepEqual(
        lists.map((list) => list[0]?.name),
        ['good', 'bad', 'waiting', 'late', 'prior', undefined],
      );
      assert.equal(await queue.count(), 3);
    },
  },
  {
    title: 'a state is asked for, and a job that is not there',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('job', {});
      const [started, finish] = [gate(), gate()];
      const worker = shop.worker(async () => {
        started.open();
        await finish.opened;
      });
      await started.opened;
      assert.ok(await job.isActive());
      assert.equal(await queue.getActiveCount(), 1);
      finish.open();
      await ended(worker, 'completed', 1);
      assert.ok(await job.isCompleted());
      assert.equal(await queue.getJobState('nobody'), 'unknown');
      assert.equal(await queue.getJob('nobody'), undefined);
    },
  },
  {
    title: 'lines are logged, kept in a number, read in part and cleared',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('job', {}, { keepLogs: 3 });
      for (const line of ['a', 'b', 'c', 'd']) await job.log(line);
      const id = String(job.id);
      assert.deepEqual(await queue.getJobLogs(id), { logs: ['b', 'c', 'd'], count: 3 });
      assert.deepEqual((await queue.getJobLogs(id, 0, 0, false)).logs, ['d']);
      await queue.addJobLog(id, 'e');
      await job.clearLogs(1);
      assert.equal((await queue.getJobLogs(id)).count, 1);
      await job.clearLogs();
      assert.equal((await queue.getJobLogs(id)).count, 0);
    },
  },
  {
    title: 'progress and data are changed from within and from without',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('job', { at: 0 });
      await job.updateData({ at: 1 });
      await queue.updateJobProgress(String(job.id), 10);
      const worker = shop.worker(async (own) => {
        const before = own.progress;
        await own.updateProgress(50);
        return [before, own.data.at];
      });
      const progress = told<{ id: string }>(worker, 'progress');
      const [done] = await ended(worker, 'completed', 1);
      await progress;
      assert.deepEqual(done?.returnvalue, [10, 1]);
      assert.equal((await queue.getJob(String(job.id)))?.progress, 50);
    },
  },
  {
    title: 'data of a job that is gone cannot be changed',
    async run(shop) {
      const job = await shop.queue().add('job', {});
      await job.remove();
      await assert.rejects(job.updateData({}), /Missing key for job/);
    },
  },
  {
    title: 'jobs a minute are measured',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(jobs(4));
      const worker = shop.worker(
        async ({ name }) => {
          if (name === 'job3') throw new Error('bad');
        },
        { metrics: { maxDataPoints: 60 } },
      );
      await Promise.all([ended(worker, 'completed', 3), ended(worker, 'failed', 1)]);
      const [completed, failed] = [
        await queue.getMetrics('completed'),
        await queue.getMetrics('failed'),
      ];
      assert.deepEqual([completed.meta.count, failed.meta.count], [3, 1]);
    },
  },
  {
    title: 'figures for Prometheus are given',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(jobs(2));
      const text = await queue.exportPrometheusMetrics();
      assert.match(
        text,
        new RegExp(`bullmq_job_count\\{queue="${shop.name}", state="waiting"\\} 2`),
      );
    },
  },
  {
    title: 'workers and listeners are found among the clients',
    async run(shop) {
      const queue = shop.queue();
      const worker = shop.worker(async () => {}, { name: 'bee' });
      await worker.waitUntilReady();
      const listener = shop.events();
      await listener.waitUntilReady();
      // A name is sent when a connection is ready, and a command on it comes after that.
      const done = ended(worker, 'completed', 1);
      await queue.add('job', {});
      await done;
      const workers = await queue.getWorkers();
      assert.equal(workers.length, 1);
      assert.match(workers[0]?.rawname ?? '', /:w:bee$/);
      assert.equal(await queue.getWorkersCount(), 1);
    },
  },
  {
    title: 'what the queue is for all is kept with it',
    async run(shop) {
      const queue = shop.queue();
      await queue.setGlobalConcurrency(7);
      await queue.pause();
      const meta = await queue.getMeta();
      assert.deepEqual([meta.concurrency, meta.paused], [7, true]);
      assert.match(String(await queue.getVersion()), /bullmq/);
    },
  },
  {
    title: 'a queue is drained of what waits, and of what is delayed',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(jobs(3));
      await queue.add('prior', {}, { priority: 1 });
      await queue.add('late', {}, { delay: 600_000 });
      await queue.drain();
      assert.deepEqual(await countsOf(queue, 'waiting', 'prioritized', 'delayed'), {
        waiting: 0,
        prioritized: 0,
        delayed: 1,
      });
      await queue.drain(true);
      assert.equal(await queue.getDelayedCount(), 0);
    },
  },
  {
    title: 'completed, failed, waiting and delayed jobs are cleaned, in a number',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(jobs(6));
      const worker = shop.worker(async ({ name }) => {
        if (name > 'job2') throw new Error('bad');
      });
      await Promise.all([ended(worker, 'completed', 3), ended(worker, 'failed', 3)]);
      await worker.close();
      assert.equal((await queue.clean(0, 2, 'completed')).length, 2);
      assert.equal((await queue.clean(0, 0, 'failed')).length, 3);
      assert.equal((await queue.clean(60_000, 10, 'completed')).length, 0);
      await queue.add('late', {}, { delay: 600_000 });
      await queue.add('wait', {});
      await queue.add('prior', {}, { priority: 1 });
      for (const state of ['delayed', 'wait', 'prioritized'] as const) {
        assert.equal((await queue.clean(0, 10, state)).length, 1, state);
      }
    },
  },
  {
    title: 'a queue is wiped out, with nothing left of it',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(jobs(20));
      await queue.add('late', {}, { delay: 600_000 });
      await queue.add('prior', {}, { priority: 1 });
      await queue.obliterate();
      assert.deepEqual(await shop.redis().keys(queue.toKey('*')), []);
    },
  },
  {
    title: 'a queue with jobs under way is wiped out by force alone',
    async run(shop) {
      const queue = shop.queue();
      await queue.add('job', {});
      await shop.worker(null).getNextJob('token');
      await assert.rejects(queue.obliterate(), /active jobs/);
      await queue.obliterate({ force: true });
      assert.deepEqual(await shop.redis().keys(queue.toKey('*')), []);
    },
  },
];
