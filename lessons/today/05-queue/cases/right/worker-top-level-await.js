import { Worker } from 'bullmq';

export const sendNotification = (phoneNumber, message) =>
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);

const worker = new Worker(
  'push_notification_code',
  async (job) => sendNotification(job.data.phoneNumber, job.data.message),
  { connection: { host: '127.0.0.1' } },
);
await worker.waitUntilReady();
