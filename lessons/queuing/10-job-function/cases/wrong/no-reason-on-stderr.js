export function createPushNotificationsJobs(jobs, queue) {
  if (!jobs || jobs.constructor !== Array) {
    throw new Error('Jobs is not an array');
  }

  jobs.forEach(function (item) {
    let job = queue
      .create('push_notification_code_3', item)
      .priority('high')
      .removeOnComplete(true);

    job.on('complete', function () {
      console.log(`Notification job ${job.id} completed`);
    });

    job.on('failed', function (err) {
      console.error(`Notification job ${job.id} failed: ${err.message}`);
    });

    job.on('progress', function (progress) {
      console.log(`Notification job ${job.id} ${progress}% complete`);
    });

    job.save(function (err) {
      if (err) {
        console.error('could not save the job', err);
      } else {
        console.log(`Notification job created: ${job.id}`);
      }
    });
  });
}

export default createPushNotificationsJobs;
