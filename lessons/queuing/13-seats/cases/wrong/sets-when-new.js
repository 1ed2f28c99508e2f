import express from 'express';
import redis from 'redis';
import kue from 'kue';
import { promisify } from 'util';

const client = redis.createClient();
const getAsync = promisify(client.get).bind(client);
const setnxAsync = promisify(client.setnx).bind(client);

const reserveSeat = (number) => client.set('available_seats', number);
const getCurrentAvailableSeats = async () => Number(await getAsync('available_seats'));

let reservationEnabled = true;
setnxAsync('available_seats', 50);

const queue = kue.createQueue();
const app = express();

app.get('/available_seats', async (req, res) => {
  res.json({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', (req, res) => {
  if (!reservationEnabled) return res.json({ status: 'Reservation are blocked' });
  const job = queue.create('reserve_seat', {});
  job.on('complete', () => console.log(`Seat reservation job ${job.id} completed`));
  job.on('failed', (e) => console.log(`Seat reservation job ${job.id} failed: ${e}`));
  return job.save((err) => res.json({ status: err ? 'Reservation failed' : 'Reservation in process' }));
});

app.get('/process', (req, res) => {
  res.json({ status: 'Queue processing' });
  queue.process('reserve_seat', async (job, done) => {
    const seats = await getCurrentAvailableSeats() - 1;
    if (seats < 0) return done(new Error('Not enough seats available'));
    reserveSeat(seats);
    if (seats === 0) reservationEnabled = false;
    return done();
  });
});

app.listen(1245);
