import { createQueue } from 'kue';

const queue = createQueue();

const data = {
  phoneNumber: '4153518780',
  message: 'Your parcel arrives today',
};

const job = queue.create('push_notification', data);

job.on('complete', () => console.log('Notification job completed'));
job.on('failed', () => console.log('Notification job failed'));

job.save((error?: Error) => {
  if (!error) console.log(`Notification job created: ${job.id}`);
});
