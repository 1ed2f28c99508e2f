export const createPushNotificationsJobs = async (jobs, queue) => {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');

  return queue.addBulk(
    jobs.map((data) => ({ name: 'push_notification', data })),
  );
};

export async function mayNotify(phoneNumber, redis) {
  const answer = await redis.set(`notified:${phoneNumber}`, 'sent', 'EX', 3600, 'NX');
  return answer === 'OK';
}
