// Task 11: tests for createPushNotificationsJobs, the function of task 10.
// The text is at `npm start -- show 11`; ask for a hint with `npm start -- hint 11`.

import { createQueue } from 'kue';
import { suite } from 'uvu';

// TODO: import assert, from uvu/assert, and the function under test, from ./8-job

const queue = createQueue();
const test = suite('createPushNotificationsJobs');

// TODO: before all tests, enter the queue's test mode

// TODO: after each test, clear the queue

test.after(async () => {
  // TODO: leave the test mode

  // Closes the connections to Redis, which would keep the process alive.
  await new Promise<void>((resolve) => queue.shutdown(1000, () => resolve()));
});

// TODO: the tests: what is refused, how many jobs there are, of which type, with which data

test.run();
