import { Queue, QueueEvents } from 'bullmq';

/** What a worker needs to know to send one notification. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

const name = 'push_notification_code';
const connection = {};

async function main(): Promise<void> {
  const queue = new Queue<NotificationData>(name, { connection });
  const events = new QueueEvents(name, { connection });

  const job = await queue.add('verify', {
    phoneNumber: '4153518780',
    message: 'This is the code to verify your account',
  });
  console.log(`Notification job created: ${job.id}`);

  try {
    await job.waitUntilFinished(events);
    console.log('Notification job completed');
  } catch {
    console.log('Notification job failed');
  }
  await events.close();
  await queue.close();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
