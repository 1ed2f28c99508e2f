const kue = require('kue');

const queue = kue.createQueue();
const blacklist = ['4153518780', '4153518781'];

function sendNotification(phoneNumber, message, done, job) {
  job.progress(0, 100);
  if (blacklist.includes(phoneNumber)) {
    done(new Error(`Phone number ${phoneNumber} is blacklisted`));
  } else {
    job.progress(50, 100);
    console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
    done();
  }
}

queue.process('push_notification_code_2', 2, function (job, done) {
  sendNotification(job.data.phoneNumber, job.data.message, done, job);
});
