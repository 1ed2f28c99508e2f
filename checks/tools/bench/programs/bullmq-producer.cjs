'use strict';
// Adds jobs all at once, waits until each is complete, and prints how many ms that took:
// bullmq-producer.cjs SOCKET JOBS
const { Queue, QueueEvents } = require('bullmq');

const [path = '', jobs] = process.argv.slice(2);
const connection = { path };
const queue = new Queue('bench', { connection });
const events = new QueueEvents('bench', { connection });
const data = { phoneNumber: '4153518780', message: 'This is the code' };

/** @type {() => void} */
let done = () => {};
events.on('completed', () => done());

/** @param {number} count how many jobs are to be complete */
function completed(count) {
  let left = count;
  return new Promise((resolve) => {
    done = () => {
      left -= 1;
      if (left === 0) resolve(undefined);
    };
  });
}

async function main() {
  await events.waitUntilReady();
  // The first is done once the worker is there and all connections stand.
  const first = completed(1);
  await queue.add('bench', data);
  await first;
  const start = performance.now();
  const rest = completed(Number(jobs));
  await Promise.all(Array.from({ length: Number(jobs) }, () => queue.add('bench', data)));
  await rest;
  console.log(`took ${performance.now() - start}`);
}

main();
