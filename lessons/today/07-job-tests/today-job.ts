import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';

/** What a worker needs to know to send one push notification. */
export interface PushNotification {
  phoneNumber: string;
  message: string;
}

const secondsBetween = 3600;

/**
 * Adds one job for each notification, all at one moment.
 * @param queue where the jobs go: handed in, so that a test can hand in one of its own
 * @returns the jobs, in the order of the notifications
 * @throws Error `Jobs is not an array`
 */
export async function createPushNotificationsJobs(
  jobs: PushNotification[],
  queue: Queue,
): Promise<Job[]> {
  // The compiler already refuses anything else, but JavaScript and JSON do not ask it.
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  return queue.addBulk(jobs.map((data) => ({ name: 'push_notification', data })));
}

/**
 * Whether a number may get a notification now: once an hour, and of those who ask at the same time
 * one alone.
 */
export async function mayNotify(phoneNumber: string, redis: Redis): Promise<boolean> {
  const reply = await redis.set(`notified:${phoneNumber}`, '1', 'EX', secondsBetween, 'NX');
  return reply === 'OK';
}
