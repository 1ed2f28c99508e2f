const QUEUE_NAME = 'push_notification_code_3';

export default (jobs, queue) => {
  if (Array.isArray(jobs) === false) {
    throw new Error('Jobs is not an array');
  }

  jobs.map((details) => {
    const notification = queue.create(QUEUE_NAME, {
      phoneNumber: details.phoneNumber,
      message: details.message,
    });

    notification
      .on('enqueue', () => {
        console.log('Notification job created: %s', notification.id);
      })
      .on('complete', () => {
        console.log('Notification job %s completed', notification.id);
      })
      .on('failed', (reason) => {
        console.log('Notification job %s failed: %s', notification.id, reason);
      })
      .on('progress', (percent) => {
        console.log(`Notification job ${notification.id} ${percent}% complete`);
      });

    return notification.save();
  });
};
