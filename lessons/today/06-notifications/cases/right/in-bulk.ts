import { Queue, QueueEvents } from 'bullmq';

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];

const name = 'push_notification_code_2';
const queue = new Queue(name);
const events = new QueueEvents(name);

async function main(): Promise<void> {
  const added = await queue.addBulk(
    jobs.map((data) => ({
      name: 'send',
      data,
      opts: {
        attempts: 3,
        backoff: { type: 'exponential', delay: 100, jitter: 0.5 },
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 100 },
      },
    })),
  );
  for (const { id } of added) console.log('Notification job created:', id);
  events
    .on('progress', ({ jobId, data }) => console.log(`Notification job ${jobId} ${data}% complete`))
    .on('completed', ({ jobId }) => console.log(`Notification job ${jobId} completed`))
    .on('failed', ({ jobId, failedReason: why }) =>
      console.log(`Notification job ${jobId} failed: ${why}`),
    );
}

main();
