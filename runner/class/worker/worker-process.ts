import type Redis from 'ioredis';
import * as v from 'valibot';
import { Shelf } from '../../course/shelf';
import { findRedis } from '../../redis/find';
import { EnvironmentError } from '../../redis/instance';
import { errorReport } from '../../report/terminal/error-report';
import { reaper } from '../../sandbox/process/reaper';
import { graderFingerprint } from '../grader-fingerprint';
import { openQueueClient } from '../queue/connection';
import { queueName } from '../queue/terms';
import { ClassWorker } from './class-worker';
import type { WorkEvent } from './worker-event';
import { type ProcessSettings, workerMessageSchema } from './worker-messages';

/*
 * The process of one worker. Ctrl-C goes to every process of a terminal, but what it means is for the
 * one to say that started this one. TERM lets it finish what it has in hand; with its parent gone it
 * leaves at once, and another worker takes what it had.
 */

let worker: ClassWorker | undefined;
let client: Redis | undefined;

process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGUSR1', () => {});
process.on('SIGTERM', () => leave((one) => one.finish()));
process.on('disconnect', () => leave((one) => one.handBack()));
process.on('message', (message) => {
  const told = v.parse(workerMessageSchema, message);
  if (told.does === 'grade') start(told.settings).catch(fail);
  else if (told.does === 'finish') leave((one) => one.finish());
  else leave((one) => one.handBack());
});

async function start({ url, queue, course, offline, isolation }: ProcessSettings): Promise<void> {
  const shelf = new Shelf(course);
  const redis = await findRedis({ offline, reaper });
  const checks = graderFingerprint(shelf.courses);
  if (queueName({ checks, redis: redis.kind, isolation }) !== queue) {
    throw new EnvironmentError(
      'The workbook was changed while a class was graded.',
      'Start the command again: what is graded stays graded.',
    );
  }
  client = await openQueueClient(url);
  worker = new ClassWorker({ url, client, queue, shelf, redis, isolation, tell });
}

/** Who started this process may be gone. */
function tell(event: WorkEvent): void {
  if (process.connected) process.send?.(event, () => {});
}

/** Ends this process in its own time; the Redis may be away, so not without an end. */
function leave(how: (worker: ClassWorker) => Promise<void>): void {
  if (!process.connected) setTimeout(() => process.exit(1), patience).unref();
  const left = worker ? how(worker) : Promise.resolve();
  left.then(() => {
    client?.disconnect();
    process.exit(0);
  }, fail);
}

/** How long a worker without a parent may take to hand back what it has, in ms. */
const patience = 5000;

function fail(error: unknown): void {
  const { message, next } = errorReport(error);
  process.stderr.write(`${message} ${next}\n`, () => process.exit(3));
}
