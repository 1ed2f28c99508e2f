const kue = require('kue');
const queue = kue.createQueue();

const jobData = {
  phone: '08012345678',
  message: 'Your account is ready',
};

const job = queue.create('push_notification_code', jobData).save((err) => {
  if (!err) console.log(`Notification job created: ${job.id}`);
});

job.on('complete', () => {
  console.log('Notification job completed');
}).on('failed', () => {
  console.log('Notification job failed');
});
