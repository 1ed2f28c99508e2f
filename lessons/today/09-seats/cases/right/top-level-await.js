import { createServer } from 'node:http';
import { Queue, Worker } from 'bullmq';
import express from 'express';
import { createClient } from 'redis';

const key = 'available_seats';

const client = await createClient()
  .on('error', (error) => console.error(error))
  .connect();
await client.set(key, 50, { NX: true });

const queue = new Queue('reserve_seat', { connection: {} });
const app = express();
let worker;

const getCurrentAvailableSeats = async () => Number(await client.get(key));

const script = `
  local seats = tonumber(redis.call('GET', KEYS[1]) or '0')
  if seats <= 0 then return -1 end
  return redis.call('DECRBY', KEYS[1], 1)
`;

const reserveSeat = async () => {
  const left = await client.eval(script, { keys: [key], arguments: [] });
  if (left < 0) throw new Error('Not enough seats available');
  return left;
};

app.get('/available_seats', async (request, response) => {
  response.send({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', async (request, response, next) => {
  if ((await getCurrentAvailableSeats()) < 1) return response.json({ status: 'Reservation are blocked' });
  await queue.add('reserve_seat', { at: Date.now() });
  response.json({ status: 'Reservation in process' });
});

app.get('/process', (request, response) => {
  worker ??= new Worker('reserve_seat', reserveSeat, { connection: {} })
    .on('completed', ({ id }) => console.log(`Seat reservation job ${id} completed`))
    .on('failed', ({ id, failedReason }) => console.log(`Seat reservation job ${id} failed: ${failedReason}`));
  response.json({ status: 'Queue processing' });
});

app.use((error, request, response, next) => {
  response.status(503).json({ status: 'Reservation failed' });
});

const server = createServer(app).listen(1245);

process.once('SIGTERM', async () => {
  await Promise.all([new Promise((done) => server.close(done)), worker?.close()]);
  await Promise.all([queue.close(), client.close()]);
});
