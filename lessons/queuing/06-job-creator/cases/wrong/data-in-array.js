import { createQueue } from 'kue';

const queue = createQueue();

const data = [{ phoneNumber: '5550001111', message: 'Hello' }];

const job = queue.create('push_notification_code', data);

job.save((err) => {
  if (!err) console.log(`Notification job created: ${job.id}`);
});

job.on('complete', () => console.log('Notification job completed'));
job.on('failed', () => console.log('Notification job failed'));
