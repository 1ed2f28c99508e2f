// Task 7: take the jobs of the type push_notification_code out of the queue, and do each of them.
// The text is at `npm start -- show 7`; ask for a hint with `npm start -- hint 7`.

import { createQueue } from 'kue';

const queue = createQueue();

// Keeps the program alive while Redis cannot be reached.
queue.on('error', (error: Error) => {
  console.error(`Queue error: ${error.message}`);
});

// TODO: a function sendNotification that takes phoneNumber and message, and prints one line

// TODO: tell the queue what to do with each job of the type push_notification_code

// TODO: tell kue when a job is finished
