import { createQueue } from 'kue';

const queue = createQueue();
queue.on('error', (err) => console.error('Oops... ', err));

const job = queue.create('push_notification_code', {
  phoneNumber: '4153518780',
  message: 'This is the code to verify your account',
});

const leave = (text) => {
  console.log(text);
  queue.shutdown(1000, () => process.exit(0));
};

job.on('complete', () => leave('Notification job completed'));
job.on('failed', () => leave('Notification job failed'));

job.save((err) => {
  if (!err) console.log(`Notification job created: ${job.id}`);
});
