import { Queue, Job } from 'bullmq';
import Redis from 'ioredis';

type Notification = { phoneNumber: string; message: string };

export const createPushNotificationsJobs = async (
  jobs: Notification[],
  queue: Queue<Notification>,
): Promise<Job<Notification>[]> => {
  if (!(jobs instanceof Array)) throw new TypeError('Jobs is not an array');
  return await queue.addBulk(
    jobs.map((job) => ({
      name: 'push_notification',
      data: job,
      opts: { attempts: 3, backoff: { type: 'exponential', delay: 1000 } },
    })),
  );
};

export const mayNotify = async (phoneNumber: string, redis: Redis): Promise<boolean> => {
  const key = `notified:${phoneNumber}`;
  return (await redis.set(key, 'yes', 'PX', 3_600_000, 'NX')) === 'OK';
};
