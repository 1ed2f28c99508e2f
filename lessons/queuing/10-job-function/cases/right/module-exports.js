const createPushNotificationsJobs = (jobs, queue) => {
  if (!(jobs instanceof Array)) {
    throw Error('Jobs is not an array');
  }

  for (let i = 0; i < jobs.length; i += 1) {
    const job = queue.create('push_notification_code_3', jobs[i]);
    job.save(function (err) {
      if (err) return;
      console.log('Notification job created:', job.id);
      job.on('complete', function () {
        console.log('Notification job', job.id, 'completed');
      });
      job.on('failed', function (message) {
        console.log('Notification job', job.id, 'failed:', message);
      });
      job.on('progress', function (done) {
        console.log('Notification job', job.id, done + '% complete');
      });
    });
  }
};

module.exports = createPushNotificationsJobs;
