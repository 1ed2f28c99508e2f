import assert from 'node:assert/strict';
import type { FlowJob, JobsOptions } from 'bullmq';
import type { Feature } from '../features';
import { ended, told, type Workshop } from './workshop';

/** A parent with children in the same queue, of which those named `bad…` fail. */
function family(shop: Workshop, names: readonly string[], opts: JobsOptions = {}): FlowJob {
  const queueName = shop.name;
  const children = names.map((name) => ({ name, queueName, data: {}, opts }));
  return { name: 'parent', queueName, data: {}, children };
}

function familyWorker(shop: Workshop) {
  return shop.worker(async (job) => {
    if (job.name.startsWith('bad')) throw new Error(`${job.name} failed`);
    return job.name === 'parent' ? Object.values(await job.getChildrenValues()).sort() : job.name;
  });
}

/** Jobs that wait for other jobs. */
export const flows: readonly Feature<Workshop>[] = [
  {
    title: 'a parent waits for its children and gets their values',
    async run(shop) {
      const { job } = await shop.flow().add(family(shop, ['a', 'b', 'c']));
      assert.equal(await job.getState(), 'waiting-children');
      const done = await ended(familyWorker(shop), 'completed', 4);
      assert.deepEqual(done.at(-1)?.returnvalue, ['a', 'b', 'c']);
    },
  },
  {
    title: 'a family of three generations, over two queues, goes from the youngest up',
    async run(shop) {
      const [queueName, other] = [shop.name, `${shop.name}-other`];
      const order: string[] = [];
      const note = async ({ name }: { name: string }) => void order.push(name);
      await shop.flow().add({
        name: 'grandparent',
        queueName,
        children: [{ name: 'parent', queueName: other, children: [{ name: 'child', queueName }] }],
      });
      shop.worker(note, {}, other);
      await ended(shop.worker(note), 'completed', 2);
      assert.deepEqual(order, ['child', 'parent', 'grandparent']);
    },
  },
  {
    title: 'families are added in bulk',
    async run(shop) {
      const trees = await shop.flow().addBulk([family(shop, ['a']), family(shop, ['b', 'c'])]);
      assert.deepEqual(
        trees.map(({ children = [] }) => children.length),
        [1, 2],
      );
      await ended(familyWorker(shop), 'completed', 5);
    },
  },
  {
    title: 'a family is read back',
    async run(shop) {
      const flow = shop.flow();
      const { job } = await flow.add(family(shop, ['a', 'b']));
      const tree = await flow.getFlow({ id: String(job.id), queueName: shop.name });
      assert.deepEqual(tree.children?.map((child) => child.job.name).sort(), ['a', 'b']);
    },
  },
  {
    title: 'a child that fails fails its parent where that is asked for',
    async run(shop) {
      const flow = shop.flow();
      await flow.add(family(shop, ['bad', 'good'], { failParentOnFailure: true }));
      const failed = await ended(familyWorker(shop), 'failed', 2);
      assert.deepEqual(
        failed.map(({ name }) => name),
        ['bad', 'parent'],
      );
      assert.match(failed[1]?.failedReason ?? '', /child .* failed/);
    },
  },
  {
    title: 'a failed child is ignored where that is asked for, and its reason kept',
    async run(shop) {
      const flow = shop.flow();
      const { job } = await flow.add(
        family(shop, ['bad', 'good'], { ignoreDependencyOnFailure: true }),
      );
      const done = await ended(familyWorker(shop), 'completed', 2);
      assert.deepEqual(done[1]?.returnvalue, ['good']);
      assert.deepEqual(Object.values(await job.getIgnoredChildrenFailures()), ['bad failed']);
    },
  },
  {
    title: 'a failed child is no dependency any more where that is asked for',
    async run(shop) {
      const flow = shop.flow();
      const { job } = await flow.add(
        family(shop, ['bad', 'good'], { removeDependencyOnFailure: true }),
      );
      const done = await ended(familyWorker(shop), 'completed', 2);
      assert.deepEqual(done[1]?.returnvalue, ['good']);
      const { failed = 0, unprocessed } = await job.getDependenciesCount();
      assert.deepEqual([failed, unprocessed], [0, 0]);
    },
  },
  {
    title: 'a parent goes on as soon as a child has failed where that is asked for',
    async run(shop) {
      const later = { name: 'later', queueName: `${shop.name}-later`, data: {} };
      const tree = family(shop, ['bad'], { continueParentOnFailure: true });
      await shop.flow().add({ ...tree, children: [...(tree.children ?? []), later] });
      const worker = shop.worker(async (job) => {
        if (job.name === 'bad') throw new Error('bad failed');
        const failures = Object.values(await job.getFailedChildrenValues());
        await job.removeUnprocessedChildren();
        return failures;
      });
      const [done] = await ended(worker, 'completed', 1);
      assert.deepEqual(done?.returnvalue, ['bad failed']);
    },
  },
  {
    title: 'dependencies are listed and counted',
    async run(shop) {
      const { job } = await shop.flow().add(family(shop, ['a', 'b', 'bad']));
      assert.equal((await job.getDependencies()).unprocessed?.length, 3);
      const worker = familyWorker(shop);
      await Promise.all([ended(worker, 'completed', 2), ended(worker, 'failed', 1)]);
      const counts = await job.getDependenciesCount({ processed: true, unprocessed: true });
      assert.deepEqual(counts, { processed: 2, unprocessed: 1 });
      const { processed = {} } = await job.getDependencies();
      assert.deepEqual(Object.values(processed).sort(), ['a', 'b']);
    },
  },
  {
    title: 'a parent is removed with its children',
    async run(shop) {
      const { job } = await shop.flow().add(family(shop, ['a', 'b']));
      const queue = shop.queue();
      await job.remove();
      assert.equal(await queue.count(), 0);
    },
  },
  {
    title: 'a parent without its children is removed, and they stay',
    async run(shop) {
      const { job } = await shop.flow().add(family(shop, ['a', 'b']));
      const queue = shop.queue();
      await job.remove({ removeChildren: false });
      assert.equal(await queue.getWaitingCount(), 2);
    },
  },
  {
    title: 'children that wait are removed, and the parent can go on',
    async run(shop) {
      const { job } = await shop.flow().add(family(shop, ['a', 'b']));
      await job.removeUnprocessedChildren();
      assert.equal(await job.getState(), 'waiting');
    },
  },
  {
    title: 'a child frees its parent of itself',
    async run(shop) {
      const { job, children = [] } = await shop.flow().add(family(shop, ['a']));
      assert.equal(await children[0]?.job.removeChildDependency(), true);
      assert.equal(await job.getState(), 'waiting');
    },
  },
  {
    title: 'a job adds children while it runs and waits for them',
    async run(shop) {
      const queue = shop.queue();
      await queue.add('parent', { step: 1 });
      const worker = shop.worker(async (job, token) => {
        if (job.name === 'child') return 7;
        if (job.data.step === 2) return Object.values(await job.getChildrenValues());
        const parent = { id: String(job.id), queue: job.queueQualifiedName };
        await queue.add('child', {}, { parent });
        await job.updateData({ step: 2 });
        if (await job.moveToWaitingChildren(String(token))) {
          throw new shop.bull.WaitingChildrenError();
        }
        return [];
      });
      const done = await ended(worker, 'completed', 2);
      assert.deepEqual(done[1]?.returnvalue, [7]);
    },
  },
  {
    title: 'that a parent waits for children is told',
    async run(shop) {
      const waits = told<{ jobId: string }>(shop.events(), 'waiting-children');
      const { job } = await shop.flow().add(family(shop, ['a']));
      assert.equal((await waits).jobId, job.id);
    },
  },
  {
    title: 'children with priorities and delays come in their order',
    async run(shop) {
      const queueName = shop.name;
      const { children = [] } = await shop.flow().add({
        name: 'parent',
        queueName,
        children: [
          { name: 'late', queueName, opts: { delay: 600_000 } },
          { name: 'low', queueName, opts: { priority: 9 } },
          { name: 'high', queueName, opts: { priority: 2 } },
        ],
      });
      const worker = shop.worker(async () => {});
      const first = await ended(worker, 'completed', 2);
      const rest = ended(worker, 'completed', 2);
      await children.find(({ job }) => job.name === 'late')?.job.promote();
      assert.deepEqual(
        [...first, ...(await rest)].map(({ name }) => name),
        ['high', 'low', 'late', 'parent'],
      );
    },
  },
];
