// Task 13: fifty seats, a queue of reservations, and a server on port 1245.
// The text is at `npm start -- show 13`; ask for a hint with `npm start -- hint 13`.

import express from 'express';
import { createQueue } from 'kue';
import { createClient } from 'redis';

const client = createClient();
client.on('error', (error: Error) => console.error(`Redis client: ${error.message}`));

// TODO: a function reserveSeat that takes number, and sets the key available_seats

// TODO: a function getCurrentAvailableSeats that reads it, with promisify

// TODO: at the start: fifty seats, and a variable reservationEnabled that is true

const queue = createQueue();
queue.on('error', (error: Error) => console.error(`Queue: ${error.message}`));

const app = express();

// TODO: the route /available_seats

// TODO: the route /reserve_seat

// TODO: the route /process

app.listen(1245);
