const createPushNotificationsJobs = (jobs, queue) => {
  if (!Array.isArray(jobs)) throw Error('Jobs is not an array');
  jobs.forEach((data) => {
    const created = queue.create('push_notification_code_3', data).save((error) => {
      if (!error) console.log('Notification job created:', created.id);
    });
    created
      .on('complete', () => console.log('Notification job', created.id, 'completed'))
      .on('failed', (error) => console.log('Notification job', created.id, `failed: ${error}`))
      .on('progress', (percent) => console.log('Notification job', created.id, `${percent}% complete`));
  });
};

export default createPushNotificationsJobs;
