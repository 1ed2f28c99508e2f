'use strict';
// Creates jobs all at once, waits until each is complete, and prints how many ms that took:
// queue-producer.cjs SOCKET JOBS
const kue = require('kue');
const redis = require('redis');

const [socket = '', jobs] = process.argv.slice(2);
const queue = kue.createQueue({ redis: { createClientFactory: () => redis.createClient(socket) } });

/** @param {string} type @param {() => void} done */
function create(type, done) {
  const job = queue.create(type, { phoneNumber: '4153518780', message: 'This is the code' });
  job.on('complete', done).save((/** @type {Error | undefined} */ error) => {
    if (error) throw error;
  });
}

// The first is done once the worker is there and all connections stand.
create('bench', () => {
  const start = performance.now();
  let left = Number(jobs);
  for (let count = left; count > 0; count -= 1) {
    create('bench', () => {
      left -= 1;
      if (left === 0) console.log(`took ${performance.now() - start}`);
    });
  }
});
