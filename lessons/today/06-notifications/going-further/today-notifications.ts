/*
 * The same jobs, put in at once. What is added, and why:
 *
 * - All jobs go to Redis in one transaction, `addBulk`: all are in the
 *   queue or none is, and it takes one journey in place of six.
 * - Half of each back-off is chance (`jitter`). Jobs that failed
 *   together, as the service was down, would otherwise all come back to
 *   it together.
 * - Each object of BullMQ has a listener for `error`. Without one it
 *   prints every refusal whole.
 * - At SIGTERM or Ctrl-C the connections are closed in order.
 */

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

const report = (error: Error) => console.error(`Queue: ${error.message}`);

const queue = new Queue<NotificationData>(name, {
  connection,
  defaultJobOptions: {
    attempts: 3,
    backoff: { type: 'exponential', delay: 100, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: 100,
  },
}).on('error', report);

const events = new QueueEvents(name, { connection }).on('error', report);
events.on('progress', ({ jobId, data }: { jobId: string; data: JobProgress }) => {
  console.log(`Notification job ${jobId} ${data}% complete`);
});
events.on('completed', ({ jobId }) => {
  console.log(`Notification job ${jobId} completed`);
});
events.on('failed', ({ jobId, failedReason }) => {
  console.log(`Notification job ${jobId} failed: ${failedReason}`);
});

async function main(): Promise<void> {
  // What happens before they are connected passes unheard.
  await events.waitUntilReady();
  const added = await queue.addBulk(jobs.map((data) => ({ name: 'verify', data })));
  for (const { id } of added) console.log(`Notification job created: ${id}`);
}

async function close(): Promise<void> {
  await Promise.allSettled([events.close(), queue.close()]);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, close);

main().catch(async (error) => {
  report(error);
  process.exitCode = 1;
  await close();
});
