import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import kue, { type DoneCallback, type Job } from 'kue';
import * as assert from 'uvu/assert';
import type { RedisInstance } from '../../../runner/redis/instance';
import { suite } from '../../support/suite';
import { Wire } from './conformance/wire';
import { portOf, source } from './conformance/with-redis';

const queues = suite('embedded queues');
let instance: RedisInstance;
let wire: Wire;
let queue: kue.Queue;

queues.before(async () => {
  instance = await source.open({ port: 0 });
  wire = await Wire.open(instance.address);
  queue = kue.createQueue({ redis: { port: portOf(instance) } });
});

queues.after(async () => {
  await promisify(queue.shutdown.bind(queue) as (ms: number, done: (e?: Error) => void) => void)(
    5000,
  );
  wire.close();
  await instance.close();
});

function createJob(type: string, data = {}): Promise<Job> {
  return new Promise((resolve, reject) => {
    const job = queue
      .create(type, data)
      .save((error: Error) => (error ? reject(error) : resolve(job)));
  });
}

function startWorker(type: string): ChildProcess {
  const file = path.join(__dirname, 'conformance/kue-worker.ts');
  const hook = path.join(__dirname, '../../../runner/hook.cjs');
  const args = ['-r', hook, file, String(portOf(instance)), type];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Asks until so many clients are blocked: a worker, whatever its concurrency, waits on one connection. */
async function untilBlocked(count: number): Promise<void> {
  while (!(await wire.ask('INFO clients')).includes(`blocked_clients:${count}\r`)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The ids that a worker says it has done, until there are so many. */
async function jobsDone(worker: ChildProcess, count: number): Promise<string[]> {
  let said = '';
  for await (const text of worker.stdout ?? []) {
    said += text;
    const ids = Array.from(said.matchAll(/done (\d+)\n/g), ([, id = '']) => id);
    if (ids.length >= count) return ids;
  }
  throw new Error(`the worker ended: ${said}`);
}

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, 'exit');
  worker.kill('SIGKILL');
  await exited;
}

queues('a worker is killed while it waits, and the next one gets every job', async () => {
  const first = startWorker('email');
  await untilBlocked(1);
  await end(first);
  await untilBlocked(0);
  const jobs = await Promise.all(Array.from({ length: 20 }, (_, at) => createJob('email', { at })));
  const second = startWorker('email');
  const done = await jobsDone(second, jobs.length);
  await end(second);
  assert.equal(
    done.map(Number).sort((a, b) => a - b),
    jobs.map(({ id }) => id),
  );
});

queues('a delayed job is promoted and done', async () => {
  queue.process('later', (_job: Job, done: DoneCallback) => done());
  const job = queue.create('later', {}).delay(20);
  const complete = once(job, 'complete');
  job.save();
  await complete;
});

queues('a failed job is tried again, and its progress is told', async () => {
  let attempts = 0;
  queue.process('flaky', (job: Job, done: DoneCallback) => {
    attempts += 1;
    job.progress(50, 100);
    done(attempts < 2 ? new Error('not yet') : undefined);
  });
  const job = queue.create('flaky', {}).attempts(2);
  // Not by events.once: a failed attempt is an `error` event of the job too.
  const [complete, progress] = ['complete', 'progress'].map(
    (event) => new Promise((resolve) => job.once(event, resolve)),
  );
  job.save();
  assert.is(await progress, 50);
  await complete;
  assert.is(attempts, 2);
});

queues("kue's watch for stuck jobs puts back the marker of one that lost it", async () => {
  await createJob('stuck');
  assert.is(await wire.ask('DEL q:stuck:jobs'), ':1\r\n');
  const waiting = await Wire.open(instance.address);
  waiting.send('BLPOP q:stuck:jobs 0\r\n');
  queue.watchStuckJobs(10);
  assert.match(await waiting.reply(), /q:stuck:jobs/);
  waiting.close();
});

queues.run();
