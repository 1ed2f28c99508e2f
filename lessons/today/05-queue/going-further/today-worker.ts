/*
 * A worker that is stopped and started again, as at each release. What
 * is added, and why:
 *
 * - At SIGTERM or Ctrl-C it takes no more jobs, finishes the one in
 *   hand, and ends. Otherwise that job would lie there for half a
 *   minute until it counts as stalled, and then be done a second time.
 *   A second signal of the same kind ends it at once.
 * - A job's data is what some other program wrote, perhaps an older
 *   one. It is looked at before it is used. Data that is wrong stays
 *   wrong, so such a job is not tried again.
 */

import { type Job, UnrecoverableError, Worker } from 'bullmq';

/** What today-queue puts into each job. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

/** Stands for the call to a real text message service. */
function sendNotification(phoneNumber: string, message: string): void {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

function isNotification(data: unknown): data is NotificationData {
  if (typeof data !== 'object' || data === null) return false;
  const { phoneNumber, message } = data as Partial<Record<string, unknown>>;
  return typeof phoneNumber === 'string' && typeof message === 'string';
}

const worker = new Worker(
  'push_notification_code',
  async ({ id, data }: Job<unknown>) => {
    if (!isNotification(data)) throw new UnrecoverableError(`Job ${id} holds no notification`);
    sendNotification(data.phoneNumber, data.message);
  },
  { connection: {} },
);

const report = (error: Error) => console.error(`Worker error: ${error.message}`);

// Without a listener for it, BullMQ prints the whole error each time Redis cannot be reached.
worker.on('error', report);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    worker.close().catch(report);
  });
}
