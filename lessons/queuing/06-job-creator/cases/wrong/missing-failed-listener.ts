import { createQueue } from 'kue';

const queue = createQueue();

const data = { phoneNumber: '4157654321', message: 'Your code is 7788' };

const job = queue.create('push_notification_code', data).save((error?: Error) => {
  if (error) {
    console.log('Notification job failed');
  } else {
    console.log(`Notification job created: ${job.id}`);
  }
});

job.on('complete', () => console.log('Notification job completed'));
