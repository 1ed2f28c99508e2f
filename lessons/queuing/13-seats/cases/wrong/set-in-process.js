import express from 'express';
import redis from 'redis';
import kue from 'kue';
import { promisify } from 'util';

const app = express();
const queue = kue.createQueue();
const client = redis.createClient();
const getAsync = promisify(client.get).bind(client);
let reservationEnabled = true;
let processing = false;

function reserveSeat(number) {
  return client.set('available_seats', number);
}

async function getCurrentAvailableSeats() {
  return getAsync('available_seats');
}

app.get('/available_seats', async (req, res) => {
  const seats = await getCurrentAvailableSeats();
  res.json({ numberOfAvailableSeats: seats });
});

app.get('/reserve_seat', (req, res) => {
  if (!reservationEnabled) return res.json({ status: 'Reservation are blocked' });

  const job = queue.create('reserve_seat').save((err) => {
    if (err) return res.json({ status: 'Reservation failed' });
    return res.json({ status: 'Reservation in process' });
  });

  job.on('complete', () => console.log(`Seat reservation job ${job.id} completed`));
  return job.on('failed', (msg) => console.log(`Seat reservation job ${job.id} failed: ${msg}`));
});

app.get('/process', (req, res) => {
  reserveSeat(50);
  res.json({ status: 'Queue processing' });
  if (processing) return;
  processing = true;
  queue.process('reserve_seat', async (job, done) => {
    const seats = Number(await getCurrentAvailableSeats()) - 1;
    if (seats >= 0) {
      reserveSeat(seats);
      if (seats === 0) reservationEnabled = false;
      done();
    } else {
      done(new Error('Not enough seats available'));
    }
  });
});

app.listen(1245);
