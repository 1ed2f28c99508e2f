function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  for (const _ of jobs) {
    const [data] = jobs;
    const job = queue.create('push_notification_code_3', data);
    job.on('complete', () => console.log(`Notification job ${job.id} completed`));
    job.on('failed', (error) => console.log(`Notification job ${job.id} failed: ${error}`));
    job.on('progress', (done) => console.log(`Notification job ${job.id} ${done}% complete`));
    job.save((error) => {
      if (!error) console.log(`Notification job created: ${job.id}`);
    });
  }
}

module.exports = createPushNotificationsJobs;
