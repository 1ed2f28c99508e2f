'use strict';

/**
 * Does jobs in a process or a thread of its own, as BullMQ loads it.
 * @param {import('bullmq').SandboxedJob} job
 */
module.exports = async (job) => {
  const { isMainThread } = require('node:worker_threads');
  await job.log('in the sandbox');
  await job.updateProgress(30);
  if (job.name === 'bad') throw new Error('bad in the sandbox');
  if (job.name === 'exit') process.exit(3);
  await job.updateData({ ...job.data, seen: true });
  return { pid: process.pid, isMainThread };
};
