/*
 * A worker in a process of its own, ended by a kill: `node kue-worker.ts PORT TYPE`. It says
 * `done ID` for each job.
 */
import kue, { type DoneCallback, type Job } from 'kue';

const [port, type = 'job'] = process.argv.slice(2);
const queue = kue.createQueue({ redis: { port: Number(port) } });

queue.process(type, 2, (job: Job, done: DoneCallback) => {
  process.stdout.write(`done ${job.id}\n`);
  done();
});
