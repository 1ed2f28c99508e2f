import express, { Express, Request, Response } from 'express';
import { createClient } from 'redis';
import { createQueue, Job, DoneCallback } from 'kue';
import { promisify } from 'util';

const client: any = createClient();
const queue = createQueue();
const app: Express = express();

const getSeats: (key: string) => Promise<string> = promisify(client.get).bind(client) as any;

let reservationEnabled: boolean = true;

function reserveSeat(number: number): void {
  client.set('available_seat', number);
}

async function getCurrentAvailableSeats(): Promise<string> {
  return await getSeats('available_seats');
}

app.get('/available_seats', async (_req: Request, res: Response): Promise<void> => {
  res.json({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', (_req: Request, res: Response): void => {
  if (!reservationEnabled) {
    res.json({ status: 'Reservation are blocked' });
    return;
  }
  const job: Job = queue.create('reserve_seat', {});
  job
    .on('complete', (): void => console.log(`Seat reservation job ${job.id} completed`))
    .on('failed', (message: string): void => console.log(`Seat reservation job ${job.id} failed: ${message}`))
    .save((err?: Error) => {
      res.json({ status: err ? 'Reservation failed' : 'Reservation in process' });
    });
});

app.get('/process', (_req: Request, res: Response): void => {
  res.json({ status: 'Queue processing' });
  queue.process('reserve_seat', async (_job: Job, done: DoneCallback): Promise<void> => {
    const left: number = Number(await getCurrentAvailableSeats()) - 1;
    if (left < 0) {
      done(new Error('Not enough seats available'));
      return;
    }
    reserveSeat(left);
    if (left === 0) {
      reservationEnabled = false;
    }
    done();
  });
});

reserveSeat(50);
app.listen(1245);
