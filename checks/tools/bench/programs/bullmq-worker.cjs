'use strict';
// Does jobs as fast as it can: bullmq-worker.cjs SOCKET
const { Worker } = require('bullmq');

new Worker('bench', async () => {}, {
  connection: { path: process.argv[2] ?? '', maxRetriesPerRequest: null },
  concurrency: 5,
});
