import kue from 'kue';

const refused = ['4153518780', '4153518781'];
const step = 1000;

function sendNotification(phoneNumber, message, job, done) {
  job.progress(0, 2);

  if (refused.includes(phoneNumber)) {
    setTimeout(done, step, new Error(`Phone number ${phoneNumber} is blacklisted`));
    return;
  }

  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
  setTimeout(() => {
    job.progress(1, 2);
    setTimeout(done, step);
  }, step);
}

const queue = kue.createQueue();

queue.process('push_notification_code_2', 2, (job, done) => {
  sendNotification(job.data.phoneNumber, job.data.message, job, done);
});
