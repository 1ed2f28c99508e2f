export async function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  return queue.addBulk(jobs.map((data) => ({ name: 'push_notification', data })));
}

export async function mayNotify(phoneNumber, redis) {
  const key = `notified:${phoneNumber}`;
  const times = await redis.incr(key);
  if (times === 1) await redis.expire(key, 3600);
  return times === 1;
}
