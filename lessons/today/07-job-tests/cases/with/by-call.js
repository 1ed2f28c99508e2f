'use strict';

async function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) {
    throw new Error('Jobs is not an array');
  }
  return queue.addBulk(jobs.map((data) => ({ name: 'push_notification', data })));
}

async function mayNotify(phoneNumber, redis) {
  const result = await redis.call('SET', 'notified:' + phoneNumber, '1', 'EX', '3600', 'NX');
  return result === 'OK';
}

module.exports = { createPushNotificationsJobs, mayNotify };
