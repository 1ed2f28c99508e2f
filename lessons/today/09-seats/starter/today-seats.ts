// Lesson 9: fifty seats, a queue of reservations, a server on port 1245, and a clean end on SIGTERM.
// The text is at `npm start -- show today/9`; ask for a hint with `npm start -- hint today/9`.

import express from 'express';
import { createClient } from 'redis';

const client = createClient();
client.on('error', (error: Error) => console.error(`Redis client: ${error.message}`));

// TODO: a function getCurrentAvailableSeats that reads the key available_seats

// TODO: a function reserveSeat that takes one seat, if there is one, in one step of Redis

// TODO: the queue reserve_seat, and a worker for it that does not run yet

const app = express();

// TODO: the route /available_seats

// TODO: the route /reserve_seat

// TODO: the route /process

async function main(): Promise<void> {
  await client.connect();
  // TODO: fifty seats, if Redis holds no number yet
  app.listen(1245);
  // TODO: on SIGTERM, close the server, the worker, the queue and the client
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
