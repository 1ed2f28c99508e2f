'use strict';
// Does jobs as fast as it can: queue-worker.cjs SOCKET
const kue = require('kue');
const redis = require('redis');

const queue = kue.createQueue({
  redis: { createClientFactory: () => redis.createClient(process.argv[2] ?? '') },
});
queue.process(
  'bench',
  5,
  (/** @type {import('kue').Job} */ _job, /** @type {import('kue').DoneCallback} */ done) => done(),
);
