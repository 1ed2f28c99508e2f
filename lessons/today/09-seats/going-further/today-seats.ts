/*
 * The same box office, for days that are not good. What is added, and why:
 *
 * - A job that is done again takes no second seat. A worker that is
 *   killed in the middle leaves its job to the next one, which begins
 *   from the start: the script remembers which jobs have a seat.
 * - Without Redis a command fails at once, rather than wait and act for
 *   somebody long gone, and every route answers 503 in JSON.
 * - The shutdown has a deadline. Whoever sends SIGTERM kills after some
 *   seconds anyway; so a job that hangs is told of in time.
 * - Ctrl-C ends the process in the same way.
 */

import { type Job, Queue, Worker } from 'bullmq';
import express, { type ErrorRequestHandler } from 'express';
import { createClient } from 'redis';

const SEATS = 50;
const KEY = 'available_seats';
const HOLDERS = 'available_seats:holders';
const queueName = 'reserve_seat';
const connection = {};

/** How long the shutdown may take, in ms: hosts usually wait for 10 s and longer. */
const DEADLINE = 8_000;

/** Runs inside Redis, where nothing comes between its commands. */
const TAKE_SEAT = `
if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 then return 1 end
if tonumber(redis.call('GET', KEYS[1])) < 1 then return 0 end
redis.call('DECR', KEYS[1])
redis.call('SADD', KEYS[2], ARGV[1])
return 1`;

const client = createClient({ disableOfflineQueue: true });
client.on('error', (error: Error) => report('Redis client', error));

async function getCurrentAvailableSeats(): Promise<number> {
  return Number(await client.get(KEY));
}

/** Takes one seat for a job, if it has none yet. @returns whether the job has one */
async function reserveSeat(jobId: string): Promise<boolean> {
  const reply = await client.eval(TAKE_SEAT, { keys: [KEY, HOLDERS], arguments: [jobId] });
  return reply === 1;
}

const queue = new Queue(queueName, { connection: { ...connection, enableOfflineQueue: false } });
queue.on('error', (error) => report('Queue', error));

const worker = new Worker(
  queueName,
  async (job: Job) => {
    if (!(await reserveSeat(String(job.id)))) throw new Error('Not enough seats available');
  },
  { connection, autorun: false },
);
worker.on('error', (error) => report('Worker', error));
worker.on('completed', (job) => {
  console.log(`Seat reservation job ${job.id} completed`);
});
worker.on('failed', (job: Job | undefined, error) => {
  console.log(`Seat reservation job ${job?.id} failed: ${error.message}`);
});

const app = express();

app.get('/available_seats', async (_request, response) => {
  response.json({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', async (_request, response) => {
  try {
    const reservationEnabled = (await getCurrentAvailableSeats()) > 0;
    if (!reservationEnabled) {
      response.status(409).json({ status: 'Reservation are blocked' });
      return;
    }
    await queue.add('reserve', {});
    response.json({ status: 'Reservation in process' });
  } catch (error) {
    report('Reservation', error);
    response.status(503).json({ status: 'Reservation failed' });
  }
});

app.get('/process', (_request, response) => {
  if (!worker.isRunning()) worker.run().catch((error: unknown) => report('Worker', error));
  response.json({ status: 'Queue processing' });
});

app.use((_request, response) => {
  response.status(404).json({ status: 'Not found' });
});

// Express knows an error handler by its four parameters.
const redisIsAway: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  report('Request', error);
  response.status(503).json({ status: 'Redis is not available' });
};
app.use(redisIsAway);

async function main(): Promise<void> {
  await Promise.all([client.connect(), queue.waitUntilReady()]);
  await client.set(KEY, SEATS, { condition: 'NX' });
  const server = app.listen(1245);

  const shutDown = async () => {
    // It keeps nothing alive: a process that is done earlier ends earlier.
    setTimeout(() => {
      console.error(`Still not done ${DEADLINE} ms after the signal: the job in hand is left.`);
      process.exit(1);
    }, DEADLINE).unref();
    const closed = new Promise((resolve) => server.close(resolve));
    await worker.close();
    await closed;
    await queue.close();
    await client.close();
  };
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
}

function report(what: string, error: unknown): void {
  console.error(`${what}: ${error instanceof Error ? error.message : error}`);
}

main().catch((error: unknown) => {
  report('Start', error);
  process.exit(1);
});
