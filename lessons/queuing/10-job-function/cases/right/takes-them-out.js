export default function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  while (jobs.length > 0) {
    const job = queue.create('push_notification_code_3', jobs.shift());
    job.on('complete', () => console.log(`Notification job ${job.id} completed`));
    job.on('failed', (reason) => console.log(`Notification job ${job.id} failed: ${reason}`));
    job.on('progress', (done) => console.log(`Notification job ${job.id} ${done}% complete`));
    job.save((error) => {
      if (!error) console.log(`Notification job created: ${job.id}`);
    });
  }
}
