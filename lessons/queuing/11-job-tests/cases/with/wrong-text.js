function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) {
    console.log('Jobs is not an array');
    throw new Error('Not an array');
  }
  jobs.forEach((item) => {
    const job = queue.create('push_notification_code_3', item);
    job.on('complete', () => {
      console.log(`Notification job ${job.id} completed`);
    });
    job.on('failed', (err) => {
      console.log(`Notification job ${job.id} failed: ${err}`);
    });
    job.on('progress', (progress) => {
      console.log(`Notification job ${job.id} ${progress}% complete`);
    });
    job.save((err) => {
      if (!err) console.log(`Notification job created: ${job.id}`);
    });
  });
}

export default createPushNotificationsJobs;
