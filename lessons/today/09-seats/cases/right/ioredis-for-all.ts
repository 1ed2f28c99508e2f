import { Queue, Worker } from 'bullmq';
import express from 'express';
import { Redis } from 'ioredis';

// One connection for the queue and for the number; the worker makes a second one of it to wait on.
const connection = new Redis({ maxRetriesPerRequest: null });
const key = 'available_seats';

const getCurrentAvailableSeats = () => connection.get(key).then(Number);

async function reserveSeat(): Promise<void> {
  if ((await connection.decr(key)) < 0) {
    await connection.incr(key);
    throw new Error('Not enough seats available');
  }
}

const queue = new Queue('reserve_seat', { connection });
const worker = new Worker('reserve_seat', () => reserveSeat(), {
  connection,
  autorun: false,
  concurrency: 4,
});
worker.on('completed', (job) => console.log('Seat reservation job %s completed', job.id));
worker.on('failed', (job, error) =>
  console.log('Seat reservation job %s failed: %s', job?.id, error.message),
);

const app = express();

app.get('/available_seats', (_, res) =>
  getCurrentAvailableSeats().then((numberOfAvailableSeats) => res.json({ numberOfAvailableSeats })),
);
app.get('/reserve_seat', (_, res) =>
  getCurrentAvailableSeats()
    .then((seats) => (seats > 0 ? queue.add('seat', {}).then(() => 'in process') : 'blocked'))
    .then((how) => res.json({ status: how === 'blocked' ? 'Reservation are blocked' : 'Reservation in process' }))
    .catch(() => res.json({ status: 'Reservation failed' })),
);
app.get('/process', (_, res) => {
  worker.isRunning() || worker.run();
  res.json({ status: 'Queue processing' });
});

connection.setnx(key, 50).then(() => {
  const server = app.listen(1245);
  process.on('SIGTERM', async () => {
    await new Promise((resolve) => server.close(resolve));
    await worker.close();
    await queue.close();
    await connection.quit();
  });
});
