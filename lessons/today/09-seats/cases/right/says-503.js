import express from 'express';
import { Queue, Worker } from 'bullmq';
import { createClient, defineScript } from 'redis';

const QUEUE = 'reserve_seat';
const SEATS = 'available_seats';

const client = createClient({
  scripts: {
    takeSeat: defineScript({
      NUMBER_OF_KEYS: 1,
      SCRIPT: `if (tonumber(redis.call('GET', KEYS[1])) or 0) > 0 then return redis.call('DECR', KEYS[1]) end
               return -1`,
      parseCommand: (parser, key) => parser.pushKey(key),
      transformReply: (reply) => reply,
    }),
  },
});
client.on('error', (e) => console.error('redis', e.message));

let stopping = false;
const app = express();

app.use((req, res, next) => {
  if (stopping) res.status(503).json({ status: 'Server is shutting down' });
  else next();
});

async function getCurrentAvailableSeats() {
  return await client.get(SEATS);
}

async function reserveSeat() {
  return (await client.takeSeat(SEATS)) >= 0;
}

const queue = new Queue(QUEUE);
const worker = new Worker(
  QUEUE,
  async () => {
    if (await reserveSeat()) return;
    throw Error('Not enough seats available');
  },
  { autorun: false, connection: { url: 'redis://127.0.0.1:6379' } },
);

worker.on('completed', (job) => console.log(`Seat reservation job ${job.id} completed`));
worker.on('failed', (job, error) => console.log(`Seat reservation job ${job.id} failed: ${error}`));

app.get('/available_seats', async (req, res) => {
  res.json({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', async (req, res) => {
  if (Number(await getCurrentAvailableSeats()) === 0) {
    res.json({ status: 'Reservation are blocked' });
  } else {
    const status = await queue.add('reserve', null).then(
      () => 'Reservation in process',
      () => 'Reservation failed',
    );
    res.json({ status });
  }
});

app.get('/process', (req, res) => {
  res.json({ status: 'Queue processing' });
  worker.run().catch(() => {});
});

client
  .connect()
  .then(() => client.set(SEATS, '50', { NX: true }))
  .then(() => {
    const server = app.listen(1245);
    process.on('SIGTERM', async () => {
      stopping = true;
      setTimeout(() => process.exit(1), 30000).unref();
      await worker.close();
      server.close();
      await queue.close();
      client.destroy();
    });
  });
