import { Queue, QueueEvents } from 'bullmq';

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];

const queue = new Queue('push_notification_code_2', { connection: { host: 'localhost', port: 6379 } });
const events = new QueueEvents('push_notification_code_2', {
  connection: { host: 'localhost', port: 6379 },
});
const options = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 100 },
  removeOnComplete: { age: 0, count: 0 },
  removeOnFail: 100,
};
const tell = (id, what) => console.log(`Notification job ${id} ${what}`);

events.on('progress', ({ jobId, data }) => tell(jobId, `${data}% complete`));
events.on('completed', ({ jobId }) => tell(jobId, 'completed'));
events.on('failed', ({ jobId, failedReason }) => tell(jobId, `failed: ${failedReason}`));

await Promise.all(
  jobs.map(async (data) => {
    const job = await queue.add(data.phoneNumber, data, options);
    console.log(`Notification job created: ${job.id}`);
  }),
);
