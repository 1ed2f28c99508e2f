import { setTimeout as pause } from 'node:timers/promises';
import { createQueue, type DoneCallback, type Job } from 'kue';

const blacklist: ReadonlySet<string> = new Set(['4153518780', '4153518781']);

async function sendNotification(
  phoneNumber: string,
  message: string,
  job: Job,
  done: DoneCallback,
): Promise<void> {
  job.progress(0, 100);
  await pause(10);
  if (blacklist.has(phoneNumber)) {
    done(new Error(`Phone number ${phoneNumber} is blacklisted`));
    return;
  }
  job.progress(50, 100);
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
  await pause(Number(phoneNumber) % 30);
  done(null, { sent: true });
}

const queue = createQueue({ name: 'push' });
queue.on('error', (error: Error) => console.error(error.message));

queue.process('push_notification_code_2', 2, async (job: Job, done: DoneCallback) => {
  await sendNotification(job.data.phoneNumber, job.data.message, job, done);
});
