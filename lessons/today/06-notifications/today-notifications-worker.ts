import { setTimeout as pause } from 'node:timers/promises';
import { type Job, UnrecoverableError, Worker } from 'bullmq';

/** What today-notifications puts into each job. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

const blacklist = ['4153518780', '4153518781'];

/** Stands for the call to a real text message service, which takes its time. */
async function sendNotification(phoneNumber: string, message: string): Promise<void> {
  await pause(50);
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

async function notify(job: Job<NotificationData>): Promise<void> {
  const { phoneNumber, message } = job.data;
  await job.updateProgress(0);
  if (blacklist.includes(phoneNumber)) {
    throw new UnrecoverableError(`Phone number ${phoneNumber} is blacklisted`);
  }
  if (phoneNumber.startsWith('555') && job.attemptsMade < 2) {
    throw new Error(`Phone number ${phoneNumber} is busy`);
  }
  await job.updateProgress(50);
  await sendNotification(phoneNumber, message);
}

const worker = new Worker('push_notification_code_2', notify, { connection: {}, concurrency: 2 });

// Without a listener for it, BullMQ prints the whole error each time Redis cannot be reached.
worker.on('error', (error) => {
  console.error(`Worker error: ${error.message}`);
});
