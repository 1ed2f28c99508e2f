import { promisify } from 'util';
import express from 'express';
import kue from 'kue';
import redis from 'redis';

const client = redis.createClient();
const getAsync = promisify(client.get).bind(client);
const queue = kue.createQueue();
let reservationEnabled = true;

const reserveSeat = (number) => client.set('available_seats', number);
const getCurrentAvailableSeats = () => getAsync('available_seats');

const app = express();

app.get('/available_seats', async (req, res) => {
  res.json({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', (req, res) => {
  if (!reservationEnabled) return res.json({ status: 'Reservation are blocked' });
  const job = queue.create('reserve_seat', {}).save((err) => {
    res.json({ status: err ? 'Reservation failed' : 'Reservation in process' });
  });
  job.on('complete', () => console.log(`Seat reservation job ${job.id} completed`));
  job.on('failed', (err) => console.log(`Seat reservation job ${job.id} failed: ${err}`));
});

app.get('/process', (req, res) => {
  queue.process('reserve_seat', async (job, done) => {
    const seats = Number(await getCurrentAvailableSeats()) - 1;
    if (seats < 0) return done(new Error('Not enough seats available'));
    reserveSeat(seats);
    if (seats === 0) reservationEnabled = false;
    done();
  });
  res.json({ status: 'Queue processing' });
});

reserveSeat(50);
app.listen(1245);
process.once('SIGTERM', () => queue.shutdown(5000, () => process.exit(0)));
