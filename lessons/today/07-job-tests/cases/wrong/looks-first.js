export async function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  return queue.addBulk(jobs.map((data) => ({ name: 'push_notification', data })));
}

export async function mayNotify(phoneNumber, redis) {
  const key = `notified:${phoneNumber}`;
  const there = await redis.get(key);
  if (there) return false;
  await redis.set(key, '1', 'EX', 3600);
  return true;
}
