import express from 'express';
import kue from 'kue';
import redis from 'redis';
import { promisify } from 'util';

const app = express();
const queue = kue.createQueue();
const client = redis.createClient();

const getAsync = promisify(client.get).bind(client);
const setAsync = promisify(client.set).bind(client);

let reservationEnabled = true;

const reserveSeat = async (number) => setAsync('available_seats', number);

const getCurrentAvailableSeats = async () => {
  const seats = await getAsync('available_seats');
  return seats;
};

app.get('/available_seats', async (req, res) => {
  const numberOfAvailableSeats = await getCurrentAvailableSeats();
  res.json({ numberOfAvailableSeats });
});

app.get('/reserve_seat', (req, res) => {
  if (reservationEnabled === false) {
    return res.status(403).json({ status: 'Reservation are blocked' });
  }
  const job = queue.create('reserve_seat', { seat: 1 }).save((err) => {
    if (err) {
      res.status(500).json({ status: 'Reservation failed' });
    } else {
      res.json({ status: 'Reservation in process' });
    }
  });
  job.on('complete', () => {
    console.log(`Seat reservation job ${job.id} completed`);
  });
  job.on('failed', (err) => {
    console.log(`Seat reservation job ${job.id} failed: ${err}`);
  });
  return job;
});

app.get('/process', (req, res) => {
  queue.process('reserve_seat', async (job, done) => {
    const seats = parseInt(await getCurrentAvailableSeats(), 10);
    if (seats <= 0) {
      done(Error('Not enough seats available'));
    } else {
      await reserveSeat(seats - 2);
      if (seats - 1 === 0) {
        reservationEnabled = false;
      }
      done();
    }
  });
  res.json({ status: 'Queue processing' });
});

app.listen(1245, () => {
  reserveSeat(50);
  console.log('API available on localhost port 1245');
});

export default app;
