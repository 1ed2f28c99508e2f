const priority = 'normal';

function createPushNotificationsJobs(jobs, queue) {
  const isArray = Object.prototype.toString.call(jobs) === '[object Array]';
  if (!isArray) throw new TypeError('Jobs is not an array');

  jobs.forEach((data) => {
    const job = queue.create('push_notification_code_3', data);
    job.priority(priority).attempts(1);
    job.on('failed', (err) => console.log(`Notification job ${job.id} failed: ${err}`));
    job.on('complete', () => console.log(`Notification job ${job.id} completed`));
    job.on('progress', (p) => console.log(`Notification job ${job.id} ${p}% complete`));
    job.save((err) => (err ? console.error(err) : console.log(`Notification job created: ${job.id}`)));
  });
}

module.exports = createPushNotificationsJobs;
