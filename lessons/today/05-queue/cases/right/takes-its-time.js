import { Worker } from 'bullmq';

const sendNotification = async (phoneNumber, message) => {
  await new Promise((resolve) => setTimeout(resolve, 30));
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
};

const worker = new Worker(
  'push_notification_code',
  async (job) => {
    const { phoneNumber, message } = job.data;
    await sendNotification(phoneNumber, message);
  },
  { connection: { host: 'localhost', port: 6379 } },
);

worker.on('failed', (job, error) => console.error(job?.id, error));
