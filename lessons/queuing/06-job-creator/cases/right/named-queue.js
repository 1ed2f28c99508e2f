import kue from 'kue';

const queue = kue.createQueue({
  name: 'push_notification_code',
  prefix: 'q',
  redis: { host: 'localhost', port: 6379 },
});

const job = queue.create('push_notification_code', {
  phoneNumber: '0600000000',
  message: 'Account registered',
});

job.save((err) => {
  if (err === null || err === undefined) console.log('Notification job created: %d', job.id);
});

job.on('complete', (result) => console.log('Notification job completed'));
job.on('failed', (errorMessage) => console.log('Notification job failed'));
