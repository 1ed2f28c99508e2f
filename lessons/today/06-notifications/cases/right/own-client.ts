import { Queue, QueueEvents } from 'bullmq';
import IORedis from 'ioredis';

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];

const connection = new IORedis({ host: 'localhost', maxRetriesPerRequest: null });
const queue = new Queue('push_notification_code_2', {
  connection,
  defaultJobOptions: { attempts: 3, backoff: { type: 'exponential', delay: 100 } },
});
const events = new QueueEvents('push_notification_code_2', { connection });

(async () => {
  for (const one of jobs) {
    const { id } = await queue.add('verify', one, { removeOnComplete: true, removeOnFail: 100 });
    console.log(`Notification job created: ${id}`);
  }
})();

events.on('progress', ({ jobId, data }, _eventId: string) => {
  console.log(`Notification job ${jobId} ${data}% complete`);
});
events.on('completed', ({ jobId }) => {
  console.log(`Notification job ${jobId} completed`);
});
events.on('failed', ({ jobId, failedReason }) => {
  console.log(`Notification job ${jobId} failed: ${failedReason}`);
});
