const kue = require('kue'),
  queue = kue.createQueue();

queue.on('error', (err) => console.error(err));
queue.watchStuckJobs(1000);

function sendNotification(phoneNumber, message) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.process('push_notification_code', function (job, done) {
  sendNotification(job.data.phoneNumber, job.data.message);
  job.log('sent to %s', job.data.phoneNumber);
  done();
});

process.once('SIGTERM', () => {
  queue.shutdown(5000, () => process.exit(0));
});
