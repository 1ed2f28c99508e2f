const MAX_JOBS = 10;

function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');

  jobs.slice(0, MAX_JOBS).forEach((data) => {
    const job = queue.create('push_notification_code_3', data);
    job.on('complete', () => console.log(`Notification job ${job.id} completed`));
    job.on('failed', (err) => console.log(`Notification job ${job.id} failed: ${err}`));
    job.on('progress', (percent) => console.log(`Notification job ${job.id} ${percent}% complete`));
    job.save((err) => {
      if (!err) console.log(`Notification job created: ${job.id}`);
    });
  });
}

module.exports = createPushNotificationsJobs;
