const queueName = 'push_notification_code_3';

function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) {
    throw new Error('Jobs is not an array');
  }
  jobs.forEach((item) => {
    const job = queue.create(queueName.slice(0, -2), item);
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
