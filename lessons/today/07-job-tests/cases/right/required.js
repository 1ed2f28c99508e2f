'use strict';

const ONE_HOUR = 60 * 60;

async function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) {
    throw new Error('Jobs is not an array');
  }
  const bulk = [];
  for (const job of jobs) {
    bulk.push({ name: 'push_notification', data: job });
  }
  const added = await queue.addBulk(bulk);
  return added;
}

async function mayNotify(phoneNumber, redis) {
  const result = await redis.set('notified:' + phoneNumber, Date.now(), 'EX', ONE_HOUR, 'NX');
  return result !== null;
}

module.exports = { createPushNotificationsJobs, mayNotify };
