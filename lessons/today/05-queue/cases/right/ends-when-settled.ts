import { Queue, QueueEvents } from 'bullmq';

const queue = new Queue('push_notification_code', {
  defaultJobOptions: { removeOnComplete: true, removeOnFail: 50 },
});
const events = new QueueEvents('push_notification_code');

async function run(): Promise<void> {
  const job = await queue.add(
    'send',
    { phoneNumber: '4153518780', message: 'This is the code to verify your account', from: 'us' },
    { attempts: 3, backoff: { type: 'exponential', delay: 1000 }, priority: 2 },
  );
  console.log(`Notification job created: ${job.id}`);
  await job.waitUntilFinished(events).then(
    () => console.log('Notification job completed'),
    () => console.log('Notification job failed'),
  );
  await queue.close();
  await events.close();
  process.exit(0);
}

void run();
