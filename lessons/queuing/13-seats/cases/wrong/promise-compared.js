import express from 'express';
import redis from 'redis';
import kue from 'kue';
import { promisify } from 'util';

const client = redis.createClient();
const queue = kue.createQueue();
const app = express();
const getAsync = promisify(client.get).bind(client);

let reservationEnabled = true;
let processing = false;

const reserveSeat = (number) => client.set('available_seats', number);
const getCurrentAvailableSeats = async () => Number(await getAsync('available_seats'));

reserveSeat(50);

app.get('/available_seats', async (req, res) => {
  res.json({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', (req, res) => {
  if (!reservationEnabled) {
    return res.json({ status: 'Reservation are blocked' });
  }
  const job = queue.create('reserve_seat', {}).save((err) => {
    if (err) return res.json({ status: 'Reservation failed' });
    return res.json({ status: 'Reservation in process' });
  });
  job.on('complete', () => console.log(`Seat reservation job ${job.id} completed`));
  job.on('failed', (message) => console.log(`Seat reservation job ${job.id} failed: ${message}`));
  return job;
});

app.get('/process', (req, res) => {
  res.json({ status: 'Queue processing' });
  if (processing) return;
  processing = true;
  queue.process('reserve_seat', async (job, done) => {
    const seats = getCurrentAvailableSeats().then((n) => n - 1);
    if (seats >= 0) {
      if (seats === 0) reservationEnabled = false;
      reserveSeat(seats);
      return done();
    }
    return done(new Error('Not enough seats available'));
  });
});

app.listen(1245);
