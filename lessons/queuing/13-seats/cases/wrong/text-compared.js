const express = require('express');
const redis = require('redis');
const kue = require('kue');
const { promisify } = require('util');

const app = express();
const queue = kue.createQueue();
const client = redis.createClient();
const getAsync = promisify(client.get).bind(client);
const setAsync = promisify(client.set).bind(client);

let reservationEnabled = true;
let started = false;

const reserveSeat = async (number) => setAsync('available_seats', number);
const getCurrentAvailableSeats = async () => getAsync('available_seats');

app.get('/available_seats', async (req, res) => {
  const numberOfAvailableSeats = await getCurrentAvailableSeats();
  res.json({ numberOfAvailableSeats });
});

app.get('/reserve_seat', (req, res) => {
  if (!reservationEnabled) return res.json({ status: 'Reservation are blocked' });
  const job = queue.create('reserve_seat');
  job.on('complete', () => console.log(`Seat reservation job ${job.id} completed`));
  job.on('failed', (message) => console.log(`Seat reservation job ${job.id} failed: ${message}`));
  return job.save((err) => res.json({ status: err ? 'Reservation failed' : 'Reservation in process' }));
});

app.get('/process', (req, res) => {
  if (!started) {
    started = true;
    queue.process('reserve_seat', async (job, done) => {
      const before = await getCurrentAvailableSeats();
      if (before - 1 < 0) return done(new Error('Not enough seats available'));
      await reserveSeat(before - 1);
      const after = await getCurrentAvailableSeats();
      if (after === 0) reservationEnabled = false;
      return done();
    });
  }
  res.json({ status: 'Queue processing' });
});

reserveSeat(50).then(() => app.listen(1245));
