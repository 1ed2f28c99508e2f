'use strict';
// Does jobs as fast as it can: queue-worker.cjs SOCKET
const kue = require('kue');

const queue = kue.createQueue({ redis: { socket: process.argv[2] } });
queue.process(
  'bench',
  5,
  (/** @type {import('kue').Job} */ _job, /** @type {import('kue').DoneCallback} */ done) => done(),
);
