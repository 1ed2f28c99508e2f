import { promisify } from 'node:util';
import express from 'express';
import { createQueue, type DoneCallback, type Job } from 'kue';
import { createClient } from 'redis';

const client = createClient();
client.on('error', (error: Error) => console.error(`Redis client: ${error.message}`));
const get = promisify(client.get).bind(client);

function reserveSeat(number: number): void {
  client.set('available_seats', String(number));
}

async function getCurrentAvailableSeats(): Promise<string | null> {
  return get('available_seats');
}

reserveSeat(50);
let reservationEnabled = true;
let processing = false;

const queue = createQueue();
queue.on('error', (error: Error) => console.error(`Queue: ${error.message}`));

const app = express();

app.get('/available_seats', async (_request, response) => {
  response.json({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', (_request, response) => {
  if (!reservationEnabled) {
    response.json({ status: 'Reservation are blocked' });
    return;
  }
  const job = queue.create('reserve_seat', {});
  job.on('complete', () => console.log(`Seat reservation job ${job.id} completed`));
  job.on('failed', (message: string) => {
    console.log(`Seat reservation job ${job.id} failed: ${message}`);
  });
  job.save((error?: Error) => {
    response.json({ status: error ? 'Reservation failed' : 'Reservation in process' });
  });
});

app.get('/process', (_request, response) => {
  response.json({ status: 'Queue processing' });
  // Each call of queue.process adds a worker, and two would race for a seat.
  if (processing) return;
  processing = true;
  queue.process('reserve_seat', async (_job: Job, done: DoneCallback) => {
    const seats = Number(await getCurrentAvailableSeats()) - 1;
    if (seats < 0) {
      done(new Error('Not enough seats available'));
      return;
    }
    reserveSeat(seats);
    if (seats === 0) reservationEnabled = false;
    done();
  });
});

app.listen(1245);
