const kue = require('kue');
const express = require('express');
const { createClient } = require('redis');
const { promisify } = require('util');

const SEATS = 50;
const client = createClient({ host: '127.0.0.1', port: 6379 });
const queue = kue.createQueue({ name: 'seats' });
const app = express();
let reservationEnabled;

function reserveSeat(number) {
  return promisify(client.set).bind(client)('available_seats', number);
}

function getCurrentAvailableSeats() {
  return promisify(client.get).bind(client)('available_seats');
}

app.get('/available_seats', (req, res) => {
  getCurrentAvailableSeats().then((result) => {
    res.send({ numberOfAvailableSeats: result });
  });
});

app.get('/reserve_seat', (req, res) => {
  if (!reservationEnabled) {
    res.status(423).send({ status: 'Reservation are blocked' });
    return;
  }

  const job = queue.createJob('reserve_seat');
  job.on('complete', () => console.log(`Seat reservation job #${job.id} completed`))
    .on('failed', (err) => console.error(`Seat reservation job #${job.id} failed: ${err}`))
    .save((err) => {
      if (err) return res.send({ status: 'Reservation failed' });
      return res.send({ status: 'Reservation in process' });
    });
});

app.get('/process', async (req, res) => {
  res.send({ status: 'Queue processing' });

  queue.process('reserve_seat', 1, async (job, done) => {
    const number = await getCurrentAvailableSeats();
    const newNumber = Number(number) - 1;
    if (newNumber === 0) reservationEnabled = false;
    if (newNumber >= 0) {
      await reserveSeat(newNumber);
      return done();
    }
    return done(new Error('Not enough seats available'));
  });
});

async function launch() {
  await reserveSeat(SEATS);
  reservationEnabled = true;
  app.listen(1245, '127.0.0.1', () => console.log('listening'));
}

launch();
