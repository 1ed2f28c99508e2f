import { createQueue } from 'kue';

const BLACKLIST = ['4153518780', '4153518781'];

const sendNotification = (phoneNumber, message, job, done) => {
  job.progress(0, 100);
  const listed = BLACKLIST.find((number) => number === phoneNumber);
  if (listed) {
    return done(new Error(`Phone number ${listed} is blacklisted`));
  }
  job.progress(50, 100);
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
  done();
};

const queue = createQueue();
const work = (job, done) => sendNotification(job.data.phoneNumber, job.data.message, job, done);

queue.process('push_notification_code_2', work);
queue.process('push_notification_code_2', work);
