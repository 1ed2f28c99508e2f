import { Queue } from 'bullmq';

const queue = new Queue('push_notification_code', { connection: {} });

function sendNotification(phoneNumber, message) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.on('waiting', (job) => sendNotification(job.data.phoneNumber, job.data.message));
