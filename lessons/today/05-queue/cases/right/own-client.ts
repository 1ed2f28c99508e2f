import { Queue, QueueEvents } from 'bullmq';
import IORedis from 'ioredis';

const connection = new IORedis({ maxRetriesPerRequest: null });
const queue = new Queue('push_notification_code', { connection });
const events = new QueueEvents('push_notification_code', { connection });

(async () => {
  const job = await queue.add('send', { phoneNumber: '4153518780', message: 'Your code is 1234' });
  console.log(`Notification job created: ${job.id}`);
  events.on('completed', ({ jobId }) => {
    if (jobId === job.id) console.log('Notification job completed');
  });
  events.on('failed', ({ jobId }) => {
    if (jobId === job.id) console.log('Notification job failed');
  });
})();
