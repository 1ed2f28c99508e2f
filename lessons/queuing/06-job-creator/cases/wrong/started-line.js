import { createQueue } from 'kue';

const data = { phoneNumber: '5550142', message: 'Your parcel is at the door' };
const job = createQueue().create('push_notification_code', data);

job
  .on('start', () => console.log('Notification job begun'))
  .on('complete', () => console.log('Notification job completed'))
  .on('failed', () => console.log('Notification job failed'));
job.save(() => console.log(`Notification job created: ${job.id}`));
