import assert from 'node:assert/strict';
import path from 'node:path';
import { Started } from '../../../tools/bench/started';
import type { Feature } from '../features';
import { ended, told, versions, type Workshop } from './workshop';

const programs = path.join(__dirname, 'programs');
const processor = path.join(programs, 'processor.cjs');

function startWorker(shop: Workshop): Started {
  const packageName = shop.bull === versions[6] ? 'bullmq' : 'bullmq-v5';
  const words = [packageName, String(shop.server.port), shop.name];
  const worker = new Started([process.execPath, path.join(programs, 'worker.cjs'), ...words]);
  shop.after(() => worker.stop());
  return worker;
}

/** Work in other processes and threads. */
export const processes: readonly Feature<Workshop>[] = [
  ...[false, true].map((useWorkerThreads) => ({
    title: `jobs are done in a ${useWorkerThreads ? 'thread' : 'process'} of their own`,
    async run(shop: Workshop) {
      const queue = shop.queue();
      const worker = shop.worker(processor, { useWorkerThreads });
      const progress = told<{ id?: string }>(worker, 'progress');
      const job = await queue.add('good', { at: 1 });
      const [done] = await ended(worker, 'completed', 1);
      await progress;
      const { pid, isMainThread } = done?.returnvalue ?? {};
      assert.deepEqual([pid === process.pid, isMainThread], [useWorkerThreads, !useWorkerThreads]);
      const kept = await queue.getJob(String(job.id));
      assert.deepEqual([kept?.data, kept?.progress], [{ at: 1, seen: true }, 30]);
      assert.deepEqual((await queue.getJobLogs(String(job.id))).logs, ['in the sandbox']);
    },
  })),
  {
    title: 'what fails in a process of its own fails the job',
    async run(shop) {
      const queue = shop.queue();
      await queue.add('bad', {});
      const worker = shop.worker(processor);
      const [failed] = await ended(worker, 'failed', 1);
      assert.equal(failed?.failedReason, 'bad in the sandbox');
    },
  },
  {
    title: 'a process that ends fails its job, and the next job gets another',
    async run(shop) {
      const queue = shop.queue();
      const worker = shop.worker(processor);
      const failed = ended(worker, 'failed', 1);
      const completed = ended(worker, 'completed', 1);
      await queue.add('exit', {});
      assert.match((await failed)[0]?.failedReason ?? '', /exit/i);
      await queue.add('good', {});
      await completed;
    },
  },
  {
    title: 'two processes share the jobs, and none is done twice',
    async run(shop) {
      const queue = shop.queue();
      const workers = [startWorker(shop), startWorker(shop)];
      await Promise.all(workers.map((worker) => worker.says(/ready/)));
      await queue.addBulk(Array.from({ length: 200 }, () => ({ name: 'job', data: {} })));
      const ends = () => workers.flatMap(({ said }) => said.match(/ends \d+/g) ?? []);
      await Promise.race(workers.map((worker) => worker.says(() => ends().length === 200)));
      assert.equal(new Set(ends()).size, 200);
      assert.equal(await queue.getCompletedCount(), 200);
    },
  },
  {
    title: 'the job of a process that is killed is done by another',
    async run(shop) {
      const queue = shop.queue();
      const first = startWorker(shop);
      await first.says(/ready/);
      const job = await queue.add('hang', {});
      await first.says(/starts/);
      await first.stop('SIGKILL');
      const worker = shop.worker(async () => 'taken over', { stalledInterval: 100 });
      const [done] = await ended(worker, 'completed', 1);
      assert.deepEqual([done?.id, done?.returnvalue], [job.id, 'taken over']);
    },
  },
  {
    title: 'a process that is asked to end ends its job first',
    async run(shop) {
      const queue = shop.queue();
      const worker = startWorker(shop);
      await worker.says(/ready/);
      const job = await queue.add('long', {});
      await worker.says(/starts/);
      worker.child.kill('SIGTERM');
      await worker.says(/closed/);
      assert.equal(await job.getState(), 'completed');
    },
  },
];
