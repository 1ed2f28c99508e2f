import { Queue, QueueEvents } from 'bullmq';

const name = 'push_notification_code';
const queue = new Queue(name, { connection: { host: 'localhost', port: 6379 } });
const events = new QueueEvents(name, { connection: { host: 'localhost', port: 6379 } });

const job = await queue.add('sms', { phoneNumber: '5551234', message: 'Hello' });
console.log(`Notification job created: ${job.id}`);

try {
  await job.waitUntilFinished(events);
  console.log('Notification job completed');
} catch {
  console.log('Notification job failed');
}
