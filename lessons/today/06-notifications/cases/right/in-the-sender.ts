import { type Job, UnrecoverableError, Worker } from 'bullmq';

const blacklist = new Set(['4153518780', '4153518781']);

interface Data {
  phoneNumber: string;
  message: string;
}

async function sendNotification(phoneNumber: string, message: string, job: Job<Data>) {
  await job.updateProgress(0);
  if (blacklist.has(phoneNumber)) {
    throw new UnrecoverableError(`Phone number ${phoneNumber} is blacklisted`);
  }
  if (/^555/.test(phoneNumber) && job.attemptsStarted <= 2) {
    throw new Error(`Phone number ${phoneNumber} is busy`);
  }
  await job.updateProgress(50);
  await new Promise((resolve) => setTimeout(resolve, 60));
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

const worker = new Worker<Data>(
  'push_notification_code_2',
  (job) => sendNotification(job.data.phoneNumber, job.data.message, job),
  { concurrency: 2, connection: {} },
);
worker.on('failed', (job, error) => console.error(job?.id, error.message));
