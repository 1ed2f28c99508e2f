import { Worker } from 'bullmq';

function sendNotification(phoneNumber, message) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

const worker = new Worker(
  'push_notification_code',
  async ({ data: { phoneNumber, message } }) => sendNotification(phoneNumber, message),
  { connection: {}, autorun: false },
);

worker.run().catch(console.error);
