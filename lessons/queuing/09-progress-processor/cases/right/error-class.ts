import kue, { type DoneCallback, type Job } from 'kue';

class BlacklistedError extends Error {
  constructor(phoneNumber: string) {
    super(`Phone number ${phoneNumber} is blacklisted`);
  }
}

const blacklist: string[] = [];
blacklist.push('4153518780', '4153518781');

const sendNotification = (phoneNumber: string, message: string, job: Job, done: DoneCallback) => {
  job.progress(0, 100);
  if (blacklist.some((listed) => listed === phoneNumber)) {
    done(new BlacklistedError(phoneNumber));
    return;
  }
  job.progress(50, 100);
  console.log('Sending notification to %s, with message: %s', phoneNumber, message);
  setImmediate(done);
};

kue.createQueue().process('push_notification_code_2', 2, (job: Job, ctx: unknown, done: DoneCallback) => {
  sendNotification(job.data.phoneNumber, job.data.message, job, done);
});
