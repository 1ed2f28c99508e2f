const unique = (list) => [...new Map(list.map((j) => [j.phoneNumber, j])).values()];

const createPushNotificationsJobs = (jobs, queue) => {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  unique(jobs).forEach((data) => {
    const job = queue.create('push_notification_code_3', data);
    job.on('complete', () => console.log(`Notification job ${job.id} completed`));
    job.on('failed', (err) => console.log(`Notification job ${job.id} failed: ${err}`));
    job.on('progress', (p) => console.log(`Notification job ${job.id} ${p}% complete`));
    job.save((err) => {
      if (err) return;
      console.log(`Notification job created: ${job.id}`);
    });
  });
};

export default createPushNotificationsJobs;
