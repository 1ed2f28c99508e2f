export async function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  for (const data of jobs) {
    const job = queue.create('push_notification', data);
    job.save((err) => {
      if (!err) console.log(`Notification job created: ${job.id}`);
    });
  }
}

export async function mayNotify(phoneNumber, redis) {
  return (await redis.set(`notified:${phoneNumber}`, 1, 'EX', 3600, 'NX')) === 'OK';
}
