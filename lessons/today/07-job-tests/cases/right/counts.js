// INCR tells how many have asked; the first one starts the hour.
export async function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  const added = await queue.addBulk(jobs.map((data) => ({ name: 'push_notification', data })));
  console.log(`${added.length} jobs added`);
  return added;
}

export async function mayNotify(phoneNumber, redis) {
  const key = `notified:${phoneNumber}`;
  const [[, times]] = await redis.multi().incr(key).expire(key, 3600, 'NX').exec();
  return times === 1;
}
