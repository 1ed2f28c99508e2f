import { Queue, QueueEvents } from 'bullmq';

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];

const connection = { host: '127.0.0.1', port: 6379 };
const queue = new Queue('push_notification_code_2', { connection });
const queueEvents = new QueueEvents('push_notification_code_2', { connection });

queueEvents.on('progress', ({ jobId, data }) => {
  console.log(`Notification job ${jobId} ${data}% complete`);
});
queueEvents.on('completed', ({ jobId }) => {
  console.log(`Notification job ${jobId} completed`);
});
queueEvents.on('failed', ({ jobId, failedReason }) => {
  console.log(`Notification job ${jobId} failed: ${failedReason}`);
});

async function main() {
  await queueEvents.waitUntilReady();
  for (const jobData of jobs) {
    const job = await queue.add('notification', jobData, {
      attempts: 3,
      backoff: { type: 'exponential', delay: 100 },
      removeOnComplete: true,
      removeOnFail: 100,
    });
    console.log(`Notification job created: ${job.id}`);
  }
}

main();
