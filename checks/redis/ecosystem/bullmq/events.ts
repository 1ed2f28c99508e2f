import assert from 'node:assert/strict';
import type { Feature } from '../features';
import { ended, told, type Workshop } from './workshop';

/** What a queue tells of its jobs, and jobs that are the same. */
export const events: readonly Feature<Workshop>[] = [
  {
    title: 'the way of a good job is told',
    async run(shop) {
      const listener = shop.events();
      const all = ['added', 'waiting', 'active', 'completed'].map((name) =>
        told<{ jobId: string; returnvalue?: unknown }>(listener, name),
      );
      const drained = told(listener, 'drained');
      const job = await shop.queue().add('job', {});
      shop.worker(async () => ({ value: 5 }));
      const told4 = await Promise.all(all);
      assert.deepEqual(new Set(told4.map(({ jobId }) => jobId)), new Set([job.id]));
      assert.deepEqual(told4[3]?.returnvalue, { value: 5 });
      await drained;
    },
  },
  {
    title: 'failure, delay and progress are told',
    async run(shop) {
      const listener = shop.events();
      const failed = told<{ failedReason: string }>(listener, 'failed');
      const progress = told<{ data: unknown }>(listener, 'progress');
      const delayed = told<{ delay: number }>(listener, 'delayed');
      await shop.queue().add('job', {}, { delay: 30 });
      shop.worker(async (job) => {
        await job.updateProgress({ percent: 40 });
        throw new Error('bad');
      });
      assert.equal((await failed).failedReason, 'bad');
      assert.deepEqual((await progress).data, { percent: 40 });
      assert.ok(Number((await delayed).delay) > Date.now() - 60_000);
    },
  },
  {
    title: 'removal and cleaning are told',
    async run(shop) {
      const listener = shop.events();
      const removed = told<{ jobId: string }>(listener, 'removed');
      const cleaned = told<{ count: string }>(listener, 'cleaned');
      const queue = shop.queue();
      const job = await queue.add('job', {});
      await job.remove();
      assert.equal((await removed).jobId, job.id);
      await queue.addBulk([1, 2, 3].map((data) => ({ name: 'job', data })));
      await queue.clean(0, 10, 'wait');
      assert.equal(Number((await cleaned).count), 3);
    },
  },
  {
    title: 'a stalled job is told to all',
    async run(shop) {
      const stalled = told<{ jobId: string }>(shop.events(), 'stalled');
      const job = await shop.queue().add('job', {});
      await shop.worker(null, { lockDuration: 40 }).getNextJob('token');
      shop.worker(async () => {}, { stalledInterval: 50 });
      assert.equal((await stalled).jobId, job.id);
    },
  },
  {
    title: 'one waits for a job until it is done, or fails',
    async run(shop) {
      const listener = shop.events();
      await listener.waitUntilReady();
      const queue = shop.queue();
      const [good, bad] = [await queue.add('good', {}), await queue.add('bad', {})];
      shop.worker(async ({ name }) => {
        if (name === 'bad') throw new Error('bad luck');
        return 'luck';
      });
      assert.equal(await good.waitUntilFinished(listener), 'luck');
      await assert.rejects(bad.waitUntilFinished(listener), /bad luck/);
      assert.equal(await good.waitUntilFinished(listener), 'luck');
    },
  },
  {
    title: 'one waits for a job no longer than one will',
    async run(shop) {
      const job = await shop.queue().add('job', {});
      await assert.rejects(job.waitUntilFinished(shop.events(), 30), /timed out/);
    },
  },
  {
    title: 'the events that are kept are cut to a number',
    async run(shop) {
      const queue = shop.queue();
      await queue.addBulk(Array.from({ length: 30 }, () => ({ name: 'job', data: {} })));
      const length = () => shop.redis().xlen(queue.toKey('events'));
      assert.ok((await length()) > 30);
      await queue.trimEvents(0);
      assert.equal(await length(), 0);
    },
  },
  {
    title: 'events of one’s own are told',
    async run(shop) {
      const producer = new shop.bull.QueueEventsProducer(shop.name, {
        connection: shop.connection,
      });
      shop.after(() => producer.close());
      const own = told<{ text: string }>(shop.events(), 'mine');
      await producer.publishEvent({ eventName: 'mine', text: 'hello' });
      assert.equal((await own).text, 'hello');
    },
  },
  {
    title: 'who listens later can begin at the beginning',
    async run(shop) {
      const queue = shop.queue();
      const worker = shop.worker(async () => {});
      const done = ended(worker, 'completed', 1);
      const job = await queue.add('job', {});
      await done;
      const completed = told<{ jobId: string }>(shop.events(), 'completed');
      assert.equal((await completed).jobId, job.id);
    },
  },
  {
    title: 'a job like one that is under way is left out',
    async run(shop) {
      const queue = shop.queue();
      const deduplicated = told<{ deduplicatedJobId: string }>(shop.events(), 'deduplicated');
      const same = { deduplication: { id: 'same' } };
      const first = await queue.add('job', {}, same);
      const second = await queue.add('job', {}, same);
      assert.equal(second.id, first.id);
      await deduplicated;
      assert.equal(await queue.getDeduplicationJobId('same'), first.id);
      await ended(
        shop.worker(async () => {}),
        'completed',
        1,
      );
      assert.notEqual((await queue.add('job', {}, same)).id, first.id);
    },
  },
  {
    title: 'a job like one of the last moments is left out',
    async run(shop) {
      const queue = shop.queue();
      const throttled = { deduplication: { id: 'same', ttl: 60_000 } };
      const first = await queue.add('job', {}, throttled);
      await ended(
        shop.worker(async () => {}),
        'completed',
        1,
      );
      assert.equal((await queue.add('job', {}, throttled)).id, first.id);
      assert.equal(await queue.removeDeduplicationKey('same'), 1);
      assert.notEqual((await queue.add('job', {}, throttled)).id, first.id);
    },
  },
  {
    title: 'of like jobs the last one is done',
    async run(shop) {
      const queue = shop.queue();
      const opts = { deduplication: { id: 'same', ttl: 600_000, extend: true, replace: true } };
      for (const at of [1, 2, 3]) await queue.add('job', { at }, { ...opts, delay: 600_000 });
      assert.equal(await queue.getDelayedCount(), 1);
      await queue.promoteJobs();
      const [done] = await ended(
        shop.worker(async () => {}),
        'completed',
        1,
      );
      assert.deepEqual(done?.data, { at: 3 });
    },
  },
  {
    title: 'a job frees what makes it the same',
    async run(shop) {
      const queue = shop.queue();
      const job = await queue.add('job', {}, { deduplication: { id: 'same' } });
      assert.equal(await job.removeDeduplicationKey(), true);
      assert.equal(await queue.getDeduplicationJobId('same'), null);
    },
  },
];
