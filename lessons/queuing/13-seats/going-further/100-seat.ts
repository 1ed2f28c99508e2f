/*
 * The box office, further than the task goes. What is added, and why:
 *
 * - A seat is taken by compare and set, in a Lua script. With two
 *   servers, to read and then write gives one seat twice.
 * - Each reservation asks Redis whether seats are left. A boolean in
 *   this process does not see what another one gives away.
 * - Without Redis each route answers 503 within a second. Otherwise a
 *   request would wait in the client's queue, and be carried out when
 *   nobody waits for it any more. kue's save() never calls back if the
 *   connection goes meanwhile, so that end is listened for as well.
 * - A connection that comes back does not set the seats to 50 again. A
 *   Redis that has lost them is given the last number that was seen.
 * - The clients never give up: they come back after any outage, however
 *   long.
 * - Errors reach Express by next(error), and done(error) ends a job
 *   that went wrong. A rejected promise that nobody looks at would end
 *   the server.
 * - Status codes (404, 409, 503) for programs that read no texts.
 */

import { promisify } from 'node:util';
import express, { type NextFunction, type Request, type Response } from 'express';
import { createQueue, type DoneCallback, type Job } from 'kue';
import { type Callback, createClient } from 'redis';

const SEATS = 50;
const KEY = 'available_seats';

/** Longest wait for a reply of Redis, in ms. */
const DEADLINE = 800;

/** How to come back after an outage: try each 250 ms, and not for an hour only but for weeks. */
const reconnect = {
  retry_strategy: ({ attempt }: { attempt: number }) => Math.min(attempt * 50, 250),
  connect_timeout: 2 ** 31 - 1,
};

// Without Redis a command fails at once, rather than wait and act for somebody long gone.
const client = createClient({ ...reconnect, enable_offline_queue: false });
client.on('error', (error: Error) => console.error(`Redis client: ${error.message}`));
// Each request under way listens for the end of the connection.
client.setMaxListeners(0);

const get = promisify(client.get).bind(client);
const set = promisify((number: number, reply: Callback<unknown>) =>
  client.set(KEY, String(number), reply),
);
const restore = promisify((number: number, reply: Callback<unknown>) =>
  client.set(KEY, String(number), 'NX', reply),
);

/** Runs inside Redis, where nothing comes between its two commands. */
const SET_IF_UNCHANGED = `
if redis.call('get', KEYS[1]) ~= ARGV[2] then return 0 end
redis.call('set', KEYS[1], ARGV[1])
return 1`;
const setIfUnchanged = promisify((number: number, expected: number, reply: Callback<number>) =>
  client.eval(SET_IF_UNCHANGED, 1, KEY, number, expected, reply),
);

/** False once no seat is left, whichever process gave the last one away. */
let reservationEnabled = true;
let launched = false;
let lastSeen = SEATS;

/** The seats are set, or the first connection has failed: from here on the client answers at once. */
const firstAttempt = new Promise<void>((resolve) => {
  client.once('reconnecting', resolve);
  client.on('ready', () => openSale().then(resolve, report));
});

// kue opens connections of its own, and an error that nobody listens for would end the process.
const queue = createQueue({ redis: { options: reconnect } });
queue.on('error', report);
let processing = false;

const app = express();
app.disable('x-powered-by').disable('etag');

app.get('/available_seats', (_request, response, next) => {
  inTime(getCurrentAvailableSeats())
    .then((seats) => response.json({ numberOfAvailableSeats: String(seats) }))
    .catch(next);
});

app.get('/reserve_seat', async (_request, response) => {
  try {
    reservationEnabled = (await inTime(getCurrentAvailableSeats())) > 0;
    if (reservationEnabled) {
      await saveReservation();
      response.json({ status: 'Reservation in process' });
    } else {
      response.status(409).json({ status: 'Reservation are blocked' });
    }
  } catch (error) {
    report(error);
    response.status(503).json({ status: 'Reservation failed' });
  }
});

app.get('/process', (_request, response, next) => {
  if (!client.connected) return next(new Error('no connection'));
  response.json({ status: 'Queue processing' });
  // Each call of queue.process adds a worker: one is wanted, however often the route is asked.
  if (!processing) queue.process('reserve_seat', giveSeat);
  processing = true;
});

app.use((_request, response) => {
  response.status(404).json({ status: 'Not found' });
});

// Express knows an error handler by its four parameters.
app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
  if (response.headersSent) return next(error);
  report(error);
  response.status(503).json({ status: 'Redis is not available' });
});

app.listen(1245);

/**
 * A launch sets the seats anew, whatever was there. A connection that comes back must not: it
 * puts back the number that was seen last, and only where Redis has lost it.
 */
async function openSale(): Promise<void> {
  if (launched) await restore(lastSeen);
  else await reserveSeat(SEATS);
  launched = true;
}

/** Works on one job: gives one seat, or fails the job. */
async function giveSeat(_job: Job, done: DoneCallback): Promise<void> {
  try {
    await takeSeat();
  } catch (error) {
    return done(error);
  }
  done();
}

/** @throws Error `Not enough seats available` */
async function takeSeat(): Promise<void> {
  for (;;) {
    const seats = await getCurrentAvailableSeats();
    reservationEnabled = seats > 0;
    if (!reservationEnabled) throw new Error('Not enough seats available');
    // Another process may have taken a seat since: then look again.
    if (await reserveSeat(seats - 1, seats)) {
      reservationEnabled = seats > 1;
      return;
    }
  }
}

/**
 * Sets the number of seats.
 * @param expected where given, the number is set only if this one still stands there
 * @returns whether it was set
 */
async function reserveSeat(number: number, expected?: number): Promise<boolean> {
  const done =
    expected === undefined
      ? (await set(number)) === 'OK'
      : (await setIfUnchanged(number, expected)) === 1;
  if (done) lastSeen = number;
  return done;
}

async function getCurrentAvailableSeats(): Promise<number> {
  await firstAttempt;
  const seats = await get(KEY);
  if (seats === null) throw new Error(`${KEY} is not set`);
  lastSeen = Number(seats);
  return lastSeen;
}

/**
 * Queues one reservation and waits until it is in Redis.
 * @throws Error where it could not be saved, or the connection went meanwhile
 */
function saveReservation(): Promise<void> {
  return new Promise((resolve, reject) => {
    const lost = () => reject(new Error('connection lost'));
    client.once('end', lost);
    const job = queue.create('reserve_seat', {});
    job
      .on('complete', () => console.log(`Seat reservation job ${job.id} completed`))
      .on('failed', (reason: string) =>
        console.log(`Seat reservation job ${job.id} failed: ${reason}`),
      )
      .save((error?: Error | null) => {
        client.off('end', lost);
        if (error) reject(error);
        else resolve();
      });
  });
}

/**
 * Waits for what is read from Redis, but not for ever. A write is waited for to its end: to give
 * up on it would not undo it.
 * @throws Error where nothing comes in time
 */
function inTime<T>(reply: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no reply in time')), DEADLINE);
    reply.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function report(error: unknown): void {
  console.error(`Redis: ${error instanceof Error ? error.message : error}`);
}
