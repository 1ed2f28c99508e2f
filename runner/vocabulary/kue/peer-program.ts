import { createQueue, type DoneCallback, type Job } from 'kue';
import { createClient } from 'redis';
import type { Answer, JobScript, Order } from './peer-protocol';

/*
 * The program that runs as the other side of a learner's: it takes orders from a Redis list, one
 * after the other, and prints an answer to each when it is done.
 */

interface ActiveJob {
  job: Job;
  done: DoneCallback;
}

// The end of a job is published on a channel: an order taken before kue hears that channel could come to
// an end that nobody hears of.
const queue = createQueue({
  redis: { createClientFactory: () => createClient().once('subscribe', nextOrder) },
});
const client = createClient();

/** Jobs taken and not yet played, by type. */
const hands = new Map<string, ActiveJob[]>();
const workers = new Map<string, number>();
/** The errors of the jobs that were failed. */
const ends = new Map<number, Error>();
const settled = new Set<number>();

/** Called whenever a job comes to hand or is settled. */
let look = () => {};

for (const end of ['job complete', 'job failed']) {
  queue.on(end, (id: number) => {
    settled.add(id);
    look();
  });
}

function nextOrder(): void {
  client.blpop(String(process.argv[2]), 0, (error, reply) => {
    if (error) throw error;
    obey(JSON.parse(reply[1]), (answer) => {
      console.log(JSON.stringify(answer));
      nextOrder();
    });
  });
}

function obey(order: Order, answer: (answer: Answer) => void): void {
  if ('create' in order) create(order, (ids) => answer({ number: order.number, ids }));
  else work(order.work, order.scripts, (ids) => answer({ number: order.number, ids }));
}

function create({ create }: Extract<Order, { create: unknown }>, done: (ids: number[]) => void) {
  let left = create.length;
  const jobs = create.map(({ type, data }) => {
    const job = queue.create(type, data as object);
    return job.save((error: unknown) => {
      if (error) throw error;
      left -= 1;
      if (left === 0) done(jobs.map((one) => one.id));
    });
  });
}

function work(type: string, scripts: JobScript[], done: (ids: number[]) => void): void {
  take(type, scripts.length);
  let ids: number[] | undefined;
  look = () => {
    const ready = hands.get(type) ?? [];
    if (!ids && ready.length >= scripts.length) {
      const taken = ready.splice(0, scripts.length).sort((one, other) => one.job.id - other.job.id);
      ids = taken.map((hand) => hand.job.id);
      runScripts(taken, scripts);
    }
    if (!ids?.every((id) => settled.has(id))) return;
    look = () => {};
    done(ids);
  };
  look();
}

/** As many jobs of the type at a time as asked for. */
function take(type: string, count: number): void {
  const more = count - (workers.get(type) ?? 0);
  if (more <= 0) return;
  workers.set(type, count);
  queue.process(type, more, (job: Job, done: DoneCallback) => {
    // A job that comes back after its failure has further attempts: it fails those as well.
    const end = ends.get(job.id);
    if (end) return done(end);
    hands.set(type, [...(hands.get(type) ?? []), { job, done }]);
    look();
  });
}

/** A step of each job in turn, forwards and backwards by turns, so that all of them mingle. */
function runScripts(taken: ActiveJob[], scripts: JobScript[]): void {
  const tellers = taken.map((hand, index) => steps(hand, scripts[index] ?? { progress: [] }));
  for (let round = 0; tellers.some((teller) => teller.length > 0); round += 1) {
    const turn = round % 2 === 0 ? tellers : [...tellers].reverse();
    for (const teller of turn) teller.shift()?.();
  }
}

function steps({ job, done }: ActiveJob, script: JobScript): (() => void)[] {
  const error = script.error === undefined ? undefined : new Error(script.error);
  return [
    ...script.progress.map((percent) => () => {
      job.progress(percent, 100);
    }),
    () => {
      if (error) ends.set(job.id, error);
      done(error);
    },
  ];
}
