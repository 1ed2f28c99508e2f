import * as kue from 'kue';

const blacklist = ['4153518780', '4153518781'];

export function sendNotification(phoneNumber, message, job, done) {
  try {
    job.progress(0, 100);
    if (blacklist.includes(phoneNumber)) throw new Error(`Phone number ${phoneNumber} is blacklisted`);
    job.progress(50, 100);
    console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
  } catch (error) {
    done(error);
    return;
  }
  done();
}

const queue = kue.createQueue();

queue.process('push_notification_code_2', 2, (job, done) => {
  const [phoneNumber, message] = [job.data.phoneNumber, job.data.message];
  sendNotification(phoneNumber, message, job, done);
});
