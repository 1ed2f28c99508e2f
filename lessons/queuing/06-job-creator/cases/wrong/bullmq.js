import { Queue, QueueEvents } from 'bullmq';

const connection = { host: '127.0.0.1', port: 6379 };
const queue = new Queue('push_notification_code', { connection });
const events = new QueueEvents('push_notification_code', { connection });

const data = {
  phoneNumber: '4153518780',
  message: 'This is the code to verify your account',
};

events.on('completed', () => console.log('Notification job completed'));
events.on('failed', () => console.log('Notification job failed'));

queue.add('send', data).then((job) => console.log(`Notification job created: ${job.id}`));
