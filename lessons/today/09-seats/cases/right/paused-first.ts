import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import express from 'express';
import { createClient } from 'redis';

class BoxOffice {
  client = createClient();
  queue = new Queue('reserve_seat', { connection: {}, defaultJobOptions: { removeOnComplete: 100 } });
  worker = new Worker('reserve_seat', async () => this.sell(), { connection: {}, autorun: false });

  async open() {
    await this.client.connect();
    await this.client.set('available_seats', '50', { condition: 'NX' });
    await this.queue.waitUntilReady();
    this.worker.on('completed', (job) => console.log(`Seat reservation job ${job.id} completed`));
    this.worker.on('failed', (job, error) =>
      console.log(`Seat reservation job ${job?.id} failed: ${error.message}`),
    );
  }

  async sell() {
    await wait(5);
    if (!(await reserveSeat(this.client))) throw new Error('Not enough seats available');
  }

  async close() {
    await this.worker.pause();
    await this.worker.close();
    await this.queue.close();
    await this.client.quit();
  }
}

async function getCurrentAvailableSeats(client: BoxOffice['client']) {
  return Number(await client.get('available_seats'));
}

async function reserveSeat(client: BoxOffice['client']) {
  const left = await client.decr('available_seats');
  if (left < 0) await client.incr('available_seats');
  return left >= 0;
}

const office = new BoxOffice();
const app = express();
const router = express.Router();

router.get('/available_seats', async (_req, res) => {
  res.json({ numberOfAvailableSeats: await getCurrentAvailableSeats(office.client) });
});
router.get('/reserve_seat', async (_req, res) => {
  try {
    if ((await getCurrentAvailableSeats(office.client)) === 0) {
      res.status(403).json({ status: 'Reservation are blocked' });
      return;
    }
    await office.queue.add('seat', {});
    res.status(202).json({ status: 'Reservation in process' });
  } catch {
    res.status(500).json({ status: 'Reservation failed' });
  }
});
router.get('/process', async (_req, res) => {
  if (!office.worker.isRunning()) office.worker.run().catch(console.error);
  res.json({ status: 'Queue processing' });
});
app.use('/', router);

async function main() {
  await office.open();
  const server = app.listen(1245);
  await once(process, 'SIGTERM');
  server.close();
  await office.close();
}

void main();
