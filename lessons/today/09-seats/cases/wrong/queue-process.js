const express = require('express');
const { Queue } = require('bullmq');
const { createClient } = require('redis');

const client = createClient();
const queue = new Queue('reserve_seat', { connection: { host: 'localhost', port: 6379 } });
const app = express();

async function getCurrentAvailableSeats() {
  return Number(await client.get('available_seats'));
}

async function reserveSeat() {
  return (await client.decr('available_seats')) >= 0;
}

app.get('/available_seats', async (req, res) => {
  res.json({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', async (req, res) => {
  if ((await getCurrentAvailableSeats()) <= 0) {
    return res.json({ status: 'Reservation are blocked' });
  }
  try {
    await queue.add('reserve_seat', {});
    res.json({ status: 'Reservation in process' });
  } catch {
    res.json({ status: 'Reservation failed' });
  }
});

app.get('/process', (req, res) => {
  queue.process('reserve_seat', async (job, done) => {
    if (await reserveSeat()) done();
    else done(new Error('Not enough seats available'));
  });
  res.json({ status: 'Queue processing' });
});

client.connect().then(async () => {
  await client.set('available_seats', 50, { NX: true });
  const server = app.listen(1245);
  process.on('SIGTERM', async () => {
    server.close();
    await queue.close();
    await client.close();
  });
});
