const { Worker } = require('bullmq');

function sendNotification(phoneNumber, message) {
  console.log('Sending notification to %s, with message: %s', phoneNumber, message);
}

new Worker(
  'push_notification_code',
  (job) => {
    sendNotification(job.data.phoneNumber, job.data.message);
    return Promise.resolve('sent');
  },
  { connection: {} },
);
