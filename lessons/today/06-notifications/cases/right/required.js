const { Queue, QueueEvents } = require('bullmq');

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];

const queue = new Queue('push_notification_code_2', {
  defaultJobOptions: {
    attempts: 3,
    backoff: { type: 'exponential', delay: 100 },
    removeOnComplete: true,
    removeOnFail: { count: 100, age: 86400 },
  },
});
const events = new QueueEvents('push_notification_code_2');

events.on('progress', (event) => console.log('Notification job %s %d% complete', event.jobId, event.data));
events.on('completed', (event) => console.log(`Notification job ${event.jobId} completed`));
events.on('failed', (event) =>
  console.log(`Notification job ${event.jobId} failed: ${event.failedReason}`),
);

jobs.forEach((data) => {
  queue
    .add('sms', data)
    .then((job) => console.log(`Notification job created: ${job.id}`))
    .catch((error) => console.error(error));
});
