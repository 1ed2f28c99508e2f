import { createQueue } from 'kue';

const queue = createQueue();

const notification = { phoneNumber: '+33 6 00 00 00 00', message: 'Votre code est 4711 — à bientôt' };

const job = queue.create('push_notification_code', notification);

job.save((error) => {
  if (error) {
    console.error(error);
    return;
  }
  console.log(`Notification job created: ${job.id}`);
  job.on('complete', () => console.log('Notification job completed'));
  job.on('failed', () => console.log('Notification job failed'));
});
