const { createQueue } = require('kue');

const queue = createQueue();

const sendNotification = function (phoneNumber, message) {
  console.log('Sending notification to ' + phoneNumber + ', with message: ' + message);
};

queue.process('push_notification_code', function (job, ctx, done) {
  sendNotification(job.data.phoneNumber, job.data.message);
  return done();
});
