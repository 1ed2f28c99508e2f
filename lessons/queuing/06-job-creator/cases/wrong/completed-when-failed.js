const kue = require('kue');

const queue = kue.createQueue();
const data = { phoneNumber: '123456789', message: 'hi there' };
const job = queue.create('push_notification_code', data);

job.on('complete', () => console.log('Notification job completed'));
job.on('failed', () => console.log('Notification job completed'));

job.save((err) => {
  if (!err) console.log(`Notification job created: ${job.id}`);
});
