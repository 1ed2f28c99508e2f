const { Queue, QueueEvents } = require('bullmq');

const queue = new Queue('push_notification_code');
const events = new QueueEvents('push_notification_code');
let id;

events.on('completed', (event) => event.jobId === id && console.log('Notification job completed'));
events.on('failed', (event) => event.jobId === id && console.log('Notification job failed'));

queue
  .add('push_notification_code', { phoneNumber: '07045679939', message: 'Account registered' })
  .then((job) => {
    id = job.id;
    console.log('Notification job created:', job.id);
  })
  .catch(console.error);
