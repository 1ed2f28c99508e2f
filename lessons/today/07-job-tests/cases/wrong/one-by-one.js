import { Queue } from 'bullmq';

export async function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  const added = [];
  for (const data of jobs) {
    added.push(await queue.add('push_notification', data));
  }
  return added;
}

export async function mayNotify(phoneNumber, redis) {
  return (await redis.set(`notified:${phoneNumber}`, 1, 'EX', 3600, 'NX')) === 'OK';
}
