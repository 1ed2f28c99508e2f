function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) return Promise.reject(new Error('Jobs is not an array'));
  return queue.addBulk(jobs.map(data => ({ name: 'push_notification', data })));
}

function mayNotify(phoneNumber, redis) {
  return redis
    .set(`notified:${phoneNumber}`, 1, 'EX', 3600, 'NX')
    .then(reply => reply === 'OK');
}

exports.createPushNotificationsJobs = createPushNotificationsJobs;
exports.mayNotify = mayNotify;
