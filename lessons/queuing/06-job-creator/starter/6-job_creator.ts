// Task 6: put one job of the type push_notification_code into the queue, and tell what becomes of it.
// The text is at `npm start -- show 6`; ask for a hint with `npm start -- hint 6`.

import { createQueue } from 'kue';

const queue = createQueue();

// Keeps the program alive while Redis cannot be reached.
queue.on('error', (error: Error) => {
  console.error(`Queue error: ${error.message}`);
});

// TODO: an object with the job's data: phoneNumber and message, both of them text

// TODO: a job of the type push_notification_code, made of that object

// TODO: listen to the job: one line when it is completed, one when it has failed

// TODO: save the job, and print its id once that has worked
