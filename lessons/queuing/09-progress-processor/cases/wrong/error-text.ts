import { createQueue, type DoneCallback, type Job } from 'kue';

const blacklist = ['4153518780', '4153518781'];

function sendNotification(phoneNumber: string, message: string, job: Job, done: DoneCallback): void {
  job.progress(0, 100);

  if (blacklist.includes(phoneNumber)) {
    done(new Error(`Phone number ${phoneNumber} is in the blacklist`));
    return;
  }

  job.progress(50, 100);
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
  done();
}

const queue = createQueue();

queue.process('push_notification_code_2', 2, (job: Job, done: DoneCallback) => {
  sendNotification(job.data.phoneNumber, job.data.message, job, done);
});
