/*
 * A producer that does not hang. What is added, and why:
 *
 * - If Redis cannot be reached, it gives up after some seconds, with an
 *   exit code. BullMQ tries for ever, and a script that calls this
 *   program would stand still.
 * - Each object of BullMQ has a listener for `error`. Without one it
 *   prints every refusal whole.
 * - Both are closed whatever happens: what is left open keeps the
 *   program alive.
 * - Why a job failed goes to the log, for whoever is to mend it.
 */

import { Queue, QueueEvents } from 'bullmq';

/** What a worker needs to know to send one notification. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

const name = 'push_notification_code';
const connection = {
  // How many ms to wait before the next attempt; null gives up.
  retryStrategy: (attempts: number) => (attempts <= 5 ? 100 * 2 ** attempts : null),
};

const report = (error: unknown) =>
  console.error(`Queue: ${error instanceof Error ? error.message || error.name : error}`);

async function main(): Promise<void> {
  const queue = new Queue<NotificationData>(name, { connection }).on('error', report);
  const events = new QueueEvents(name, { connection }).on('error', report);
  try {
    const job = await queue.add('verify', {
      phoneNumber: '4153518780',
      message: 'This is the code to verify your account',
    });
    console.log(`Notification job created: ${job.id}`);
    try {
      await job.waitUntilFinished(events);
      console.log('Notification job completed');
    } catch (error) {
      console.log('Notification job failed');
      report(error);
    }
  } finally {
    await Promise.allSettled([events.close(), queue.close()]);
  }
}

main().catch((error) => {
  report(error);
  process.exitCode = 1;
});
