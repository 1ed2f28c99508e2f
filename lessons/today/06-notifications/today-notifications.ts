import { type JobProgress, Queue, QueueEvents } from 'bullmq';

/** What a worker needs to know to send one notification. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

const name = 'push_notification_code_2';
const connection = {};

const jobs: NotificationData[] = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];

async function main(): Promise<void> {
  const queue = new Queue<NotificationData>(name, {
    connection,
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 100 },
      removeOnComplete: true,
      removeOnFail: 100,
    },
  });
  const events = new QueueEvents(name, { connection });
  events.on('progress', ({ jobId, data }: { jobId: string; data: JobProgress }) => {
    console.log(`Notification job ${jobId} ${data}% complete`);
  });
  events.on('completed', ({ jobId }) => {
    console.log(`Notification job ${jobId} completed`);
  });
  events.on('failed', ({ jobId, failedReason }) => {
    console.log(`Notification job ${jobId} failed: ${failedReason}`);
  });
  // What happens before they are connected passes unheard.
  await events.waitUntilReady();

  for (const data of jobs) {
    const job = await queue.add('verify', data);
    console.log(`Notification job created: ${job.id}`);
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
