import { Queue, type Job, UnrecoverableError, Worker } from 'bullmq';
import express, { type Request, type Response } from 'express';
import { createClient } from 'redis';

const client = createClient({ url: 'redis://localhost:6379' });
client.on('error', (error: Error) => console.error(error.message));
// WATCH belongs to a connection: the worker has one of its own for it.
const watching = client.duplicate();
watching.on('error', (error: Error) => console.error(error.message));

const connection = { host: 'localhost', port: 6379 };
const queue = new Queue('reserve_seat', { connection });

async function getCurrentAvailableSeats(): Promise<number> {
  return parseInt((await client.get('available_seats')) ?? '0', 10);
}

async function reserveSeat(): Promise<number> {
  for (;;) {
    await watching.watch('available_seats');
    const seats = Number(await watching.get('available_seats'));
    if (seats <= 0) {
      await watching.unwatch();
      throw new UnrecoverableError('Not enough seats available');
    }
    try {
      await watching.multi().set('available_seats', String(seats - 1)).exec();
      return seats - 1;
    } catch (error) {
      // Somebody else has taken one meanwhile.
      if (!(error instanceof Error) || error.constructor.name !== 'WatchError') throw error;
    }
  }
}

const worker = new Worker('reserve_seat', async () => reserveSeat(), {
  connection,
  autorun: false,
});
worker.on('completed', (job: Job) => console.log(`Seat reservation job ${job.id} completed`));
worker.on('failed', (job, error) =>
  console.log(`Seat reservation job ${job?.id} failed: ${error.message}`),
);
worker.on('error', (error) => console.error(error.message));

const app = express();

app.get('/available_seats', async (_req: Request, res: Response) => {
  res.json({ numberOfAvailableSeats: String(await getCurrentAvailableSeats()) });
});

app.get('/reserve_seat', async (_req: Request, res: Response) => {
  const reservationEnabled = (await getCurrentAvailableSeats()) > 0;
  if (!reservationEnabled) {
    res.json({ status: 'Reservation are blocked' });
    return;
  }
  queue
    .add('reserve_seat', {})
    .then(() => res.json({ status: 'Reservation in process' }))
    .catch(() => res.status(500).json({ status: 'Reservation failed' }));
});

app.get('/process', (_req: Request, res: Response) => {
  if (!worker.isRunning()) worker.run();
  res.json({ status: 'Queue processing' });
});

async function main(): Promise<void> {
  await Promise.all([client.connect(), watching.connect()]);
  if ((await client.exists('available_seats')) === 0) {
    await client.set('available_seats', '50', { condition: 'NX' });
  }
  const server = app.listen(1245);
  process.on('SIGTERM', () => {
    server.close();
    worker
      .close()
      .then(() => queue.close())
      .then(() => Promise.all([client.close(), watching.close()]))
      .catch((error: Error) => {
        console.error(error.message);
        process.exit(1);
      });
  });
}

main();
