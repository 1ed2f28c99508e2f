import { type Job, UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const connection = new Redis({ maxRetriesPerRequest: null });
const blacklist: readonly string[] = ['4153518780', '4153518781'];
const delay = 50;

async function sendNotification(phoneNumber: string, message: string): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
      resolve();
    }, delay);
  });
}

const check = ({ data, attemptsMade }: Job) => {
  if (blacklist.includes(data.phoneNumber)) {
    throw new UnrecoverableError(`Phone number ${data.phoneNumber} is blacklisted`);
  }
  if (data.phoneNumber.startsWith('555') && attemptsMade < 2) {
    throw new Error(`Phone number ${data.phoneNumber} is busy`);
  }
};

const worker = new Worker(
  'push_notification_code_2',
  async (job) => {
    await job.updateProgress(0);
    check(job);
    await job.updateProgress(50);
    await sendNotification(job.data.phoneNumber, job.data.message);
  },
  { connection, autorun: false },
);
worker.concurrency = 2;
worker.run();
process.on('SIGINT', () => worker.close());
