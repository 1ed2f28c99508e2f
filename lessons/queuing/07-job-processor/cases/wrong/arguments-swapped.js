const kue = require('kue');

const queue = kue.createQueue();

function sendNotification(message, phoneNumber) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.process('push_notification_code', function (job, done) {
  sendNotification(job.data.message, job.data.phoneNumber);
  done();
});
