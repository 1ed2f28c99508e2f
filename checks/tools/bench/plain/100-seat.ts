import { promisify } from 'node:util';
import express from 'express';
import { createQueue, type DoneCallback, type Job } from 'kue';
import { createClient } from 'redis';

/*
 * 100-seat as it is often written: looks how many seats are left, then sets one less, and remembers
 * in the process alone that none is left. The benchmark holds the worked version against it.
 */
const client = createClient();
const get = promisify(client.get).bind(client);
client.set('available_seats', '50');
let reservationEnabled = true;

const queue = createQueue();
const app = express();

app.get('/reserve_seat', (_request, response) => {
  if (!reservationEnabled) {
    response.json({ status: 'Reservation are blocked' });
    return;
  }
  const job = queue.create('reserve_seat', {});
  job
    .on('complete', () => console.log(`Seat reservation job ${job.id} completed`))
    .on('failed', (reason: string) =>
      console.log(`Seat reservation job ${job.id} failed: ${reason}`),
    )
    .save((error?: Error) => {
      response.json({ status: error ? 'Reservation failed' : 'Reservation in process' });
    });
});

app.get('/process', (_request, response) => {
  response.json({ status: 'Queue processing' });
  queue.process('reserve_seat', async (_job: Job, done: DoneCallback) => {
    const seats = Number(await get('available_seats'));
    if (seats === 0) {
      done(new Error('Not enough seats available'));
      return;
    }
    client.set('available_seats', String(seats - 1));
    if (seats === 1) reservationEnabled = false;
    done();
  });
});

app.listen(1245);
