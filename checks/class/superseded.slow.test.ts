import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Queue } from 'bullmq';
import type Redis from 'ioredis';
import * as assert from 'uvu/assert';
import { ClassQueue, type Outcome } from '../../runner/class/queue/class-queue';
import { openQueueClient } from '../../runner/class/queue/connection';
import { ResultBox } from '../../runner/class/queue/result-box';
import { pack } from '../../runner/class/submission/packing';
import { ClassWorker } from '../../runner/class/worker/class-worker';
import { Shelf } from '../../runner/course/shelf';
import { findRedis } from '../../runner/redis/find';
import { createRedis } from '../../runner/redis/public/redis.cjs';
import { course } from '../support/command-line';
import { suite } from '../support/suite';

/* A learner hands in again while what they handed in before waits, or is being graded. */

const test = suite('superseded', { limit: 120_000 });

const greeting = fs.readFileSync(path.join(course, '00-greeting', '0-greeting.ts'), 'utf8');
const hanging = 'for (;;);\n';

test('what waits is taken from the queue, unless somebody else waits for it', () =>
  withQueue(async ({ queue, states }) => {
    await queue.claim('Ada', 'old');
    const first = queue.submit('old', job(hanging));
    await waitFor(async () => (await states(['old'])) === 'prioritized');
    await queue.claim('Bob', 'old');
    await queue.claim('Ada', 'new');
    assert.is(await states(['old']), 'prioritized', 'Bob waits for it');
    await queue.claim('Bob', 'new');
    assert.equal(await first, { superseded: true });
    assert.is(await states(['old']), 'unknown');
    // Who hands in the old files again is waited for again.
    await queue.claim('Ada', 'old');
    void queue.submit('old', job(greeting));
    await waitFor(async () => (await states(['old'])) === 'prioritized');
  }));

test('what is being graded ends at once, and leaves no result', () =>
  withQueue(async ({ queue, states, box, startWorker }) => {
    startWorker();
    await queue.claim('Ada', 'old');
    const first = queue.submit('old', job(hanging));
    await waitFor(async () => (await states(['old'])) === 'active');
    const begun = performance.now();
    await queue.claim('Ada', 'new');
    const second = queue.submit('new', job(greeting));
    assert.equal(await first, { superseded: true });
    await waitFor(async () => (await states(['old'])) === 'unknown');
    const took = performance.now() - begun;
    assert.is(verdictOf(await second), 'passed');
    assert.not(await box.has('old'));
    assert.ok(took < 5000, `it took ${Math.round(took)} ms to end`);
  }));

test('what is being graded goes on if somebody else waits for it', () =>
  withQueue(async ({ queue, states, box, startWorker }) => {
    startWorker();
    for (const learner of ['Ada', 'Bob']) await queue.claim(learner, 'old');
    const first = queue.submit('old', job(hanging));
    await waitFor(async () => (await states(['old'])) === 'active');
    await queue.claim('Ada', 'new');
    assert.is(verdictOf(await first), 'failed');
    assert.not(await box.has('new'));
  }));

test('what changed just now is graded before the rest of the class', () =>
  withQueue(async ({ queue, states, startWorker }) => {
    const order: string[] = [];
    const submit = (id: string, urgency?: 'changed') =>
      queue.submit(id, job(`${greeting}// ${id}\n`), urgency).then(() => order.push(id));
    const all = [submit('a'), submit('b')];
    await waitFor(async () => (await states(['a', 'b'])) === 'prioritized prioritized');
    all.push(submit('c'));
    await waitFor(async () => (await states(['c'])) === 'prioritized');
    all.push(submit('d', 'changed'));
    await waitFor(async () => (await states(['d'])) === 'prioritized');
    await queue.hasten('c');
    startWorker();
    await Promise.all(all);
    assert.equal(order, ['d', 'c', 'a', 'b']);
  }));

test.run();

interface QueueTest {
  queue: ClassQueue;
  box: ResultBox;
  /** Where jobs are, in words with blanks between them. */
  states: (ids: readonly string[]) => Promise<string>;
  startWorker: () => void;
}

async function withQueue(use: (given: QueueTest) => Promise<void>): Promise<void> {
  const server = await createRedis({ password: 'secret' });
  const name = `class-${randomUUID()}`;
  const clients: Redis[] = [await openQueueClient(server.url), await openQueueClient(server.url)];
  const [client, own] = clients;
  if (!client || !own) throw new Error('no clients');
  const queue = new ClassQueue(server.url, client, name);
  const seen = new Queue(name, { connection: { url: server.url } });
  const redis = await findRedis({ offline: true });
  const workers: ClassWorker[] = [];
  try {
    await queue.ready();
    await use({
      queue,
      box: new ResultBox(client, name),
      states: async (ids) => (await Promise.all(ids.map((id) => seen.getJobState(id)))).join(' '),
      startWorker: () => {
        const shelf = new Shelf(course);
        const { url } = server;
        workers.push(
          new ClassWorker({
            ...{ url, client: own, queue: name, shelf, redis },
            isolation: 'guard',
            tell: () => {},
          }),
        );
      },
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.handBack()));
    await Promise.all([queue.close(), seen.close()]);
    for (const one of clients) one.disconnect();
    await server.close();
  }
}

function job(program: string) {
  const file = { name: '0-greeting.ts', content: Buffer.from(program) };
  const packed = pack({ files: [file], folders: [], leftOut: [] }).toString('base64');
  return () => ({ lessons: ['0'], packed });
}

function verdictOf(outcome: Outcome): string | undefined {
  return 'result' in outcome ? outcome.result.graded.lessons[0]?.verdict : JSON.stringify(outcome);
}

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
