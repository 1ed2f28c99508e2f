const express = require('express');
const { Queue, Worker } = require('bullmq');
const { createClient } = require('redis');

const client = createClient();
client.on('error', (err) => console.error(err.message));

const queue = new Queue('reserve_seat');

async function getCurrentAvailableSeats() {
  return client.get('available_seats');
}

// DECR answers with the new number: below 0 there was none.
async function reserveSeat() {
  const left = await client.decr('available_seats');
  if (left >= 0) return true;
  await client.incr('available_seats');
  return false;
}

const worker = new Worker(
  'reserve_seat',
  async (job) => {
    const reserved = await reserveSeat();
    if (!reserved) {
      throw new Error('Not enough seats available');
    }
    return { job: job.id };
  },
  { connection: { host: '127.0.0.1', port: 6379 }, autorun: false },
);

worker.on('completed', (job) => {
  console.log(`Seat reservation job ${job.id} completed`);
});

worker.on('failed', (job, err) => {
  console.log(`Seat reservation job ${job.id} failed: ${err.message}`);
});

const app = express();

app.get('/available_seats', async (req, res) => {
  const numberOfAvailableSeats = await getCurrentAvailableSeats();
  res.json({ numberOfAvailableSeats });
});

app.get('/reserve_seat', async (req, res) => {
  const seats = parseInt(await getCurrentAvailableSeats(), 10);
  if (seats <= 0) {
    return res.status(409).json({ status: 'Reservation are blocked' });
  }
  try {
    await queue.add('seat', {}, { removeOnComplete: true, removeOnFail: true });
    res.json({ status: 'Reservation in process' });
  } catch (err) {
    res.status(500).json({ status: 'Reservation failed' });
  }
});

let started = false;

app.get('/process', (req, res) => {
  if (!started) {
    started = true;
    worker.run().catch((err) => console.error(err.message));
  }
  res.json({ status: 'Queue processing' });
});

let server;

async function start() {
  await client.connect();
  await client.setNX('available_seats', '50');
  server = app.listen(1245, () => console.log('Listening'));
}

async function stop() {
  server.close();
  await worker.close();
  await queue.close();
  await client.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);

start();
