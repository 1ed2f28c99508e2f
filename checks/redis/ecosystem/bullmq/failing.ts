import assert from 'node:assert/strict';
import type { Feature } from '../features';
import { countsOf, ended, gate, told, type Workshop } from './workshop';

/** What becomes of a job that fails. */
export const failing: readonly Feature<Workshop>[] = [
  {
    title: 'a failed job keeps its reason and its stack',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('job', {});
      const worker = shop.worker(async () => {
        throw new Error('no such luck');
      });
      const [failed] = await ended(worker, 'failed', 1);
      assert.equal(failed?.failedReason, 'no such luck');
      const kept = await queue.getJob(String(job.id));
      assert.equal(kept?.failedReason, 'no such luck');
      assert.match(kept?.stacktrace?.[0] ?? '', /no such luck[\s\S]*failing/);
      assert.ok(await job.isFailed());
    },
  },
  {
    title: 'a job is tried again after a fixed time',
    async run(shop) {
      await shop.queue().add('job', {}, { attempts: 3, backoff: { type: 'fixed', delay: 60 } });
      const starts: number[] = [];
      const worker = shop.worker(async () => {
        starts.push(Date.now());
        if (starts.length < 3) throw new Error('not yet');
      });
      const [done] = await ended(worker, 'completed', 1);
      assert.equal(done?.attemptsMade, 3);
      const [first = 0, second = 0, third = 0] = starts;
      assert.ok(second - first >= 55 && third - second >= 55, starts.join());
    },
  },
  {
    title: 'a job is tried again after times that double',
    async run(shop) {
      const backoff = { type: 'exponential', delay: 40 };
      await shop.queue().add('job', {}, { attempts: 4, backoff });
      const starts: number[] = [];
      const worker = shop.worker(async () => {
        starts.push(Date.now());
        if (starts.length < 4) throw new Error('not yet');
      });
      await ended(worker, 'completed', 1);
      const [first = 0, second = 0, third = 0, fourth = 0] = starts;
      assert.ok(second - first >= 35 && third - second >= 75 && fourth - third >= 155);
    },
  },
  {
    title: 'a strategy of one’s own says when a job is tried again',
    async run(shop) {
      await shop.queue().add('job', {}, { attempts: 3, backoff: { type: 'mine' } });
      const asked: unknown[] = [];
      const backoffStrategy = (attempts = 0, type = '', error = new Error()) => {
        asked.push([attempts, type, error.message]);
        return attempts * 20;
      };
      const worker = shop.worker(
        async ({ attemptsMade }) => {
          if (attemptsMade < 2) throw new Error(`attempt ${attemptsMade}`);
        },
        { settings: { backoffStrategy } },
      );
      await ended(worker, 'completed', 1);
      assert.deepEqual(asked, [
        [1, 'mine', 'attempt 0'],
        [2, 'mine', 'attempt 1'],
      ]);
    },
  },
  {
    title: 'a strategy that says -1 ends the attempts',
    async run(shop) {
      const job = await shop.queue().add('job', {}, { attempts: 5, backoff: { type: 'mine' } });
      const worker = shop.worker(
        async () => {
          throw new Error('never');
        },
        { settings: { backoffStrategy: () => -1 } },
      );
      const [failed] = await ended(worker, 'failed', 1);
      assert.equal(failed?.attemptsMade, 1);
      assert.equal(await job.getState(), 'failed');
    },
  },
  {
    title: 'a job without back-off is tried again at once',
    async run(shop) {
      await shop.queue().add('job', {}, { attempts: 3 });
      let attempts = 0;
      const worker = shop.worker(async () => {
        attempts += 1;
        if (attempts < 3) throw new Error('not yet');
      });
      const [done] = await ended(worker, 'completed', 1);
      assert.equal(done?.attemptsStarted, 3);
    },
  },
  {
    title: 'attempts that are used up are told',
    async run(shop) {
      const events = shop.events();
      const exhausted = told<{ attemptsMade: string }>(events, 'retries-exhausted');
      await shop.queue().add('job', {}, { attempts: 2 });
      shop.worker(async () => {
        throw new Error('never');
      });
      assert.equal((await exhausted).attemptsMade, '2');
    },
  },
  {
    title: 'an error that nothing can mend ends the attempts',
    async run(shop) {
      const job = await shop.queue().add('job', {}, { attempts: 5 });
      const worker = shop.worker(async () => {
        throw new shop.bull.UnrecoverableError('hopeless');
      });
      const [failed] = await ended(worker, 'failed', 1);
      assert.deepEqual([failed?.attemptsMade, await job.getState()], [1, 'failed']);
    },
  },
  {
    title: 'so many stacks are kept as were asked for',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('job', {}, { attempts: 4, stackTraceLimit: 2 });
      const worker = shop.worker(async () => {
        throw new Error('never');
      });
      await ended(worker, 'failed', 4);
      assert.equal((await queue.getJob(String(job.id)))?.stacktrace?.length, 2);
    },
  },
  {
    title: 'a failed job is retried by hand',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('job', {});
      let good = false;
      const worker = shop.worker(async () => {
        if (!good) throw new Error('not yet');
        return 'now';
      });
      await ended(worker, 'failed', 1);
      good = true;
      const completed = ended(worker, 'completed', 1);
      await job.retry();
      assert.equal((await completed)[0]?.returnvalue, 'now');
      assert.equal((await queue.getJob(String(job.id)))?.failedReason, undefined);
    },
  },
  {
    title: 'a completed job is done again by hand',
    async run(shop) {
      const job = await shop.queue().add('job', {});
      const worker = shop.worker(async () => {});
      await ended(worker, 'completed', 1);
      const again = ended(worker, 'completed', 1);
      await job.retry('completed');
      await again;
    },
  },
  {
    title: 'a waiting job cannot be retried',
    async run(shop) {
      const job = await shop.queue().add('job', {});
      await assert.rejects(job.retry(), /not in the failed state/);
    },
  },
  {
    title: 'all failed jobs are retried, and all completed ones',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(Array.from({ length: 12 }, () => ({ name: 'job', data: {} })));
      let good = false;
      const worker = shop.worker(async () => {
        if (!good) throw new Error('not yet');
      });
      await ended(worker, 'failed', 12);
      good = true;
      const completed = ended(worker, 'completed', 12);
      await queue.retryJobs({ count: 5 });
      await completed;
      await worker.pause();
      await queue.retryJobs({ state: 'completed' });
      assert.deepEqual(await countsOf(queue, 'completed', 'failed', 'waiting'), {
        completed: 0,
        failed: 0,
        waiting: 12,
      });
    },
  },
  {
    title: 'a job puts itself off',
    async run(shop) {
      await shop.queue().add('job', { step: 1 });
      const worker = shop.worker(async (job, token) => {
        if (job.data.step === 2) return 'done';
        await job.updateData({ step: 2 });
        await job.moveToDelayed(Date.now() + 50, token);
        throw new shop.bull.DelayedError();
      });
      const [done] = await ended(worker, 'completed', 1);
      assert.deepEqual([done?.returnvalue, done?.attemptsMade], ['done', 1]);
    },
  },
  {
    title: 'a job goes back to the queue',
    async run(shop) {
      await shop.queue().add('job', {});
      let times = 0;
      const worker = shop.worker(async (job, token) => {
        times += 1;
        if (times === 2) return 'done';
        await job.moveToWait(token);
        throw new shop.bull.WaitingError();
      });
      const [done] = await ended(worker, 'completed', 1);
      assert.equal(done?.returnvalue, 'done');
    },
  },
  {
    title: 'completed and failed jobs are removed at once where that is asked for',
    async run(shop) {
      const queue = shop.queue();
      await queue.add('good', {}, { removeOnComplete: true });
      await queue.add('bad', {}, { removeOnFail: true });
      const worker = shop.worker(async ({ name }) => {
        if (name === 'bad') throw new Error('bad');
      });
      await Promise.all([ended(worker, 'completed', 1), ended(worker, 'failed', 1)]);
      assert.deepEqual(await countsOf(queue, 'completed', 'failed'), {
        completed: 0,
        failed: 0,
      });
    },
  },
  {
    title: 'so many completed and failed jobs are kept',
    async run(shop) {
      const queue = shop.queue();
      const opts = { removeOnComplete: 3, removeOnFail: { count: 2 } };
      await queue.addBulk(
        Array.from({ length: 16 }, (_, at) => ({ name: 'job', data: { bad: at % 2 }, opts })),
      );
      const worker = shop.worker(async ({ data }) => {
        if (data.bad) throw new Error('bad');
      });
      await Promise.all([ended(worker, 'completed', 8), ended(worker, 'failed', 8)]);
      assert.deepEqual(await countsOf(queue, 'completed', 'failed'), {
        completed: 3,
        failed: 2,
      });
    },
  },
  {
    title: 'completed jobs are kept for so long',
    async run(shop) {
      const queue = shop.queue();
      const old = Date.now() - 3_600_000;
      const worker = shop.worker(async () => {}, { removeOnComplete: { age: 60 } });
      await queue.add('first', {});
      const [first] = await ended(worker, 'completed', 1);
      // As if it had been completed an hour ago.
      const key = queue.toKey('completed');
      await shop.redis().zadd(key, old, String(first?.id));
      const second = ended(worker, 'completed', 1);
      await queue.add('second', {});
      await second;
      assert.equal(await queue.getCompletedCount(), 1);
    },
  },
  {
    title: 'a job that is being done cannot be removed, and one that waits can',
    async run(shop) {
      const queue = shop.queue();
      const [started, finish] = [gate(), gate()];
      const job = await queue.add('job', {});
      const worker = shop.worker(async () => {
        started.open();
        await finish.opened;
      });
      await started.opened;
      await assert.rejects(job.remove(), /locked by another worker/);
      const waiting = await queue.add('waiting', {});
      await waiting.remove();
      assert.equal(await queue.getJob(String(waiting.id)), undefined);
      finish.open();
      await ended(worker, 'completed', 1);
      assert.equal(await queue.remove(String(job.id)), 1);
    },
  },
];
