'use strict';
// A worker in a process of its own: worker.cjs PACKAGE PORT QUEUE. It says which job it starts and
// ends; one named `hang` it never ends. TERM closes it.
const [packageName = '', port, queue = ''] = process.argv.slice(2);

/** @type {typeof import('bullmq')} */
const { Worker } = require(packageName);
const worker = new Worker(
  queue,
  async (job) => {
    console.log(`starts ${job.id}`);
    if (job.name === 'hang') await new Promise(() => {});
    if (job.name === 'long') await once('SIGTERM');
    return process.pid;
  },
  {
    connection: { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null },
    lockDuration: 300,
    stalledInterval: 100,
    drainDelay: 1,
  },
);
worker.on('completed', (job) => console.log(`ends ${job.id}`));
worker.on('error', () => {});
worker.on('ready', () => console.log('ready'));

process.once('SIGTERM', async () => {
  await worker.close();
  console.log('closed');
  process.exit();
});

/** @param {NodeJS.Signals} signal @returns {Promise<void>} */
function once(signal) {
  return new Promise((resolve) => process.once(signal, () => resolve()));
}
