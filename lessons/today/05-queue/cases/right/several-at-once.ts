import { type Job, Worker } from 'bullmq';

type Data = { phoneNumber: string; message: string };

function sendNotification(phoneNumber: string, message: string): string {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
  return phoneNumber;
}

async function processJob(job: Job<Data, string>): Promise<string> {
  await job.updateProgress(100);
  return sendNotification(job.data.phoneNumber, job.data.message);
}

new Worker<Data, string>('push_notification_code', processJob, {
  connection: { url: 'redis://localhost:6379' },
  concurrency: 5,
  removeOnComplete: { count: 0 },
});
