import { type Job, Queue, Worker } from 'bullmq';
import express from 'express';
import { createClient } from 'redis';

const KEY = 'available_seats';
const SEATS = 50;
const queueName = 'reserve_seat';
const connection = {};

/** Runs inside Redis, where nothing comes between its two commands. */
const TAKE_SEAT = `
if tonumber(redis.call('GET', KEYS[1])) < 1 then return 0 end
redis.call('DECR', KEYS[1])
return 1`;

const client = createClient();
client.on('error', (error: Error) => console.error(`Redis client: ${error.message}`));

async function getCurrentAvailableSeats(): Promise<number> {
  return Number(await client.get(KEY));
}

/** Takes one seat. @returns whether there was one */
async function reserveSeat(): Promise<boolean> {
  return (await client.eval(TAKE_SEAT, { keys: [KEY] })) === 1;
}

const queue = new Queue(queueName, { connection });
queue.on('error', (error) => console.error(`Queue: ${error.message}`));

const worker = new Worker(
  queueName,
  async () => {
    if (!(await reserveSeat())) throw new Error('Not enough seats available');
  },
  { connection, autorun: false },
);
worker.on('error', (error) => console.error(`Worker: ${error.message}`));
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
      response.json({ status: 'Reservation are blocked' });
      return;
    }
    await queue.add('reserve', {});
    response.json({ status: 'Reservation in process' });
  } catch (error) {
    console.error(error);
    response.json({ status: 'Reservation failed' });
  }
});

app.get('/process', (_request, response) => {
  // Its promise resolves when the worker is closed, and is rejected if the worker runs already.
  if (!worker.isRunning()) void worker.run();
  response.json({ status: 'Queue processing' });
});

async function main(): Promise<void> {
  await client.connect();
  await client.set(KEY, SEATS, { condition: 'NX' });
  const server = app.listen(1245);

  process.once('SIGTERM', async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    await worker.close();
    await closed;
    await queue.close();
    await client.close();
  });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
