export async function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('jobs must be an array');
  return queue.addBulk(jobs.map((data) => ({ name: 'notification', data })));
}

export async function mayNotify(phoneNumber, redis) {
  return (await redis.set(`sent:${phoneNumber}`, 1, 'EX', 3600, 'NX')) === 'OK';
}
