import { createQueue } from 'kue';

const queue = createQueue();

const job = queue
  .create('push_notification_code', { phoneNumber: '4153518780', message: 'Code: 12' })
  .removeOnComplete(true)
  .save((err) => {
    if (!err) console.log(`Notification job created: ${job.id}`);
  });

job
  .on('complete', () => console.log('Notification job completed'))
  .on('failed', () => console.log('Notification job failed'));
