import { Queue } from 'bullmq';

const createPushNotificationsJobs = async (jobs, queue) => {
  if (!Array.isArray(jobs)) {
    throw new Error('Jobs is not an array');
  }
  return queue.addBulk(jobs.map((notification) => ({
    name: 'push_notification',
    data: { phoneNumber: notification.phoneNumber, message: notification.message },
  })));
};

// setnx gives 1 or 0
const mayNotify = async (phoneNumber, redis) => {
  const set = await redis.setnx(`notified:${phoneNumber}`, 'true');
  if (set === 1) {
    await redis.expire(`notified:${phoneNumber}`, 3600);
  }
  return Boolean(set);
};

export { createPushNotificationsJobs, mayNotify };
