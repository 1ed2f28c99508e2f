export function createPushNotificationsJobs(jobs, queue) {
  return new Promise((resolve, reject) => {
    if (!Array.isArray(jobs)) return reject(new Error('Jobs is not an array'));
    queue.addBulk(jobs.map((data) => ({ name: 'push_notification', data })), (err, added) => {
      if (err) reject(err);
      else resolve(added);
    });
  });
}

export async function mayNotify(phoneNumber, redis) {
  return (await redis.set(`notified:${phoneNumber}`, 1, 'EX', 3600, 'NX')) === 'OK';
}
