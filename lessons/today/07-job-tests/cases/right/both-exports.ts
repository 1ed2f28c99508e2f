import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';

const script = `
  if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
  redis.call('SETEX', KEYS[1], ARGV[1], '1')
  return 1`;

export async function createPushNotificationsJobs(jobs: unknown, queue: Queue) {
  if (!Array.isArray(jobs)) {
    throw new Error('Jobs is not an array');
  }
  return await queue.addBulk(jobs.map((data) => ({ name: 'push_notification', data })));
}

export async function mayNotify(phoneNumber: string, redis: Redis) {
  return (await redis.eval(script, 1, `notified:${phoneNumber}`, 3600)) === 1;
}

export default { createPushNotificationsJobs, mayNotify };
