import { createQueue, type DoneCallback, type Job } from 'kue';

/** What 7-job_creator puts into each job. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

/** Numbers that must never be sent anything. */
const blacklist = ['4153518780', '4153518781'];

/** How many jobs are in hand at the same time. */
const concurrency = 2;

/** Settles the job through `done`: once, whichever way it goes. */
function sendNotification(
  phoneNumber: string,
  message: string,
  job: Job,
  done: DoneCallback,
): void {
  job.progress(0, 100);

  if (blacklist.includes(phoneNumber)) {
    done(new Error(`Phone number ${phoneNumber} is blacklisted`));
    return;
  }

  job.progress(50, 100);
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
  done();
}

const queue = createQueue();

// Without a listener for it, kue ends the program as soon as Redis cannot be reached.
queue.on('error', (error: Error) => {
  console.error(`Queue error: ${error.message}`);
});

queue.process('push_notification_code_2', concurrency, (job: Job, done: DoneCallback) => {
  const { phoneNumber, message }: NotificationData = job.data;
  sendNotification(phoneNumber, message, job, done);
});
