// Task 9: do the jobs of the type push_notification_code_2, two at a time, and refuse two numbers.
// The text is at `npm start -- show 9`; ask for a hint with `npm start -- hint 9`.

import { createQueue } from 'kue';

const queue = createQueue();

// Keeps the program alive while Redis cannot be reached.
queue.on('error', (error: Error) => {
  console.error(`Queue error: ${error.message}`);
});

// TODO: an array with the blacklisted numbers, 4153518780 and 4153518781, as text

// TODO: a function sendNotification that takes phoneNumber, message, job and done:
//   first the progress 0 of 100,
//   then for a blacklisted number a failure, and for any other the progress 50 of 100 and a line

// TODO: process the jobs of the type push_notification_code_2, two at a time
