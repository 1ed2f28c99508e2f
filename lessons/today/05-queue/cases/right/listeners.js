import { Queue, QueueEvents } from 'bullmq';

const connection = { host: '127.0.0.1', port: 6379 };
const queue = new Queue('push_notification_code', { connection });
const queueEvents = new QueueEvents('push_notification_code', { connection });

const jobData = {
  phoneNumber: '4153518780',
  message: 'This is the code to verify your account',
};

async function createNotificationJob() {
  await queueEvents.waitUntilReady();
  const job = await queue.add('notification', jobData);

  queueEvents.on('completed', ({ jobId }) => {
    if (jobId !== job.id) return;
    console.log('Notification job completed');
  });
  queueEvents.on('failed', ({ jobId, failedReason }) => {
    if (jobId !== job.id) return;
    console.log('Notification job failed');
    console.error(failedReason);
  });

  console.log(`Notification job created: ${job.id}`);
}

createNotificationJob();
