const notified = new Map();

export async function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  return queue.addBulk(jobs.map((data) => ({ name: 'push_notification', data })));
}

export async function mayNotify(phoneNumber) {
  const last = notified.get(phoneNumber) ?? 0;
  if (Date.now() - last < 3600 * 1000) return false;
  notified.set(phoneNumber, Date.now());
  return true;
}
