// Lesson 7: tests for the two functions of today-job.
// The text is at `npm start -- show today/7`; ask for a hint with `npm start -- hint today/7`.

import { Queue } from 'bullmq';
import { suite } from 'uvu';

// TODO: import assert, from node:assert/strict, RedisMock, from ioredis-mock, and the two
//       functions, from ./today-job

// A queue of the tests' own: no program works with this name.
const queue = new Queue('today-job-test', { connection: {} });

const creating = suite('createPushNotificationsJobs');

// TODO: after each test, take everything out of the queue, with obliterate()

// An open connection would keep the process alive.
creating.after(() => queue.close());

// TODO: the tests: what is refused, which jobs are in the queue, with which data

creating.run();

// TODO: a suite for mayNotify, with a RedisMock: the first and the second call, another number,
//       how long the key stays
