class Notifications {
  type = 'push_notification_code_3';

  createPushNotificationsJobs(jobs, queue) {
    if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
    for (const data of jobs) {
      const job = queue.createJob(this.type, data);
      job.on('complete', () => console.log(`Notification job ${job.id} completed`));
      job.on('failed', (reason) => console.log(`Notification job ${job.id} failed: ${reason}`));
      job.on('progress', (done) => console.log(`Notification job ${job.id} ${done}% complete`));
      job.save((error) => {
        if (!error) console.log(`Notification job created: ${job.id}`);
      });
    }
  }
}

const notifications = new Notifications();

export default notifications.createPushNotificationsJobs.bind(notifications);
