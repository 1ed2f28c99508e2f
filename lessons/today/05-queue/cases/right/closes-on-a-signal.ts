import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const connection = new Redis(6379, 'localhost', { maxRetriesPerRequest: null });

function sendNotification(phoneNumber: string, message: string) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

const worker = new Worker(
  'push_notification_code',
  async (job) => {
    sendNotification(job.data.phoneNumber, job.data.message);
  },
  { connection, lockDuration: 10000, stalledInterval: 10000 },
);
worker.on('completed', (job) => console.error(`${job.id} done`));

process.on('SIGTERM', async () => {
  await worker.close();
  process.exit(0);
});
