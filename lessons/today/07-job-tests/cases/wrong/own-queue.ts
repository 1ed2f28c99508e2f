import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';

const notifications = new Queue('push_notification_code_3', { connection: {} });

export async function createPushNotificationsJobs(jobs: object[], queue?: Queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  return notifications.addBulk(jobs.map((data) => ({ name: 'push_notification', data })));
}

export async function mayNotify(phoneNumber: string, redis: Redis) {
  return (await redis.set(`notified:${phoneNumber}`, 1, 'EX', 3600, 'NX')) === 'OK';
}
