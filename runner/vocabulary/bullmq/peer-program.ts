import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Answer, JobScript, NewJob, Order } from './peer-protocol';

/*
 * The program that runs as the other side of a learner's: it takes orders from a Redis list, one
 * after the other, and prints an answer to each when it is done.
 */

const client = new Redis({ maxRetriesPerRequest: null });
const workers = new Map<string, Worker>();
let tokens = 0;

interface ActiveJob {
  job: Job;
  token: string;
}

async function obeyAll(orders: string): Promise<never> {
  for (;;) {
    const [, text = ''] = (await client.blpop(orders, 0)) ?? [];
    const order: Order = JSON.parse(text);
    const answer: Answer = { number: order.number, ids: await obey(order) };
    console.log(JSON.stringify(answer));
  }
}

async function obey(order: Order): Promise<string[]> {
  if ('add' in order) return add(order.queue, order.add);
  const taken = await take(order.queue, 'take' in order ? order.take : order.work.length);
  if ('work' in order && taken.length === order.work.length) await runScripts(taken, order.work);
  return taken.map(({ job }) => String(job.id));
}

async function add(name: string, jobs: readonly NewJob[]): Promise<string[]> {
  const queue = new Queue(name, { connection: {} });
  const ids: string[] = [];
  for (const { data, options } of jobs)
    ids.push(String((await queue.add('notify', data, options)).id));
  await queue.close();
  return ids;
}

/** So many jobs, by their ids; fewer if no more wait. */
async function take(queue: string, count: number): Promise<ActiveJob[]> {
  const worker =
    workers.get(queue) ??
    new Worker(queue, null, { connection: {}, autorun: false, lockDuration: 600_000 });
  workers.set(queue, worker);
  const taken: ActiveJob[] = [];
  while (taken.length < count) {
    tokens += 1;
    const token = `peer:${tokens}`;
    const job = await worker.getNextJob(token, { block: false });
    if (!job) break;
    taken.push({ job, token });
  }
  return taken.sort((one, other) => Number(one.job.id) - Number(other.job.id));
}

/** A step of each job in turn, forwards and backwards by turns, so that all of them mingle. */
async function runScripts(taken: readonly ActiveJob[], scripts: readonly JobScript[]) {
  const tellers = taken.map((one, index) => steps(one, scripts[index] ?? { progress: [] }));
  for (let round = 0; tellers.some((teller) => teller.length > 0); round += 1) {
    const turn = round % 2 === 0 ? tellers : [...tellers].reverse();
    for (const teller of turn) await teller.shift()?.();
  }
}

function steps({ job, token }: ActiveJob, { progress, error }: JobScript) {
  return [
    ...progress.map((percent) => () => job.updateProgress(percent)),
    () =>
      error === undefined
        ? job.moveToCompleted('done', token, false)
        : job.moveToFailed(new UnrecoverableError(error), token, false),
  ];
}

void obeyAll(String(process.argv[2]));
