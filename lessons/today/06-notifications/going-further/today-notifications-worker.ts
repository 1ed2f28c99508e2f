/*
 * A worker that no service can bring to a stop. What is added, and why:
 *
 * - A message that is not sent within five seconds fails the attempt. A
 *   service that never answers would otherwise hold one of the two
 *   places for ever.
 * - A worker hands its function a signal as well, for a job that is
 *   cancelled: it ends the call too.
 * - At SIGTERM or Ctrl-C the worker takes no more jobs, finishes those
 *   in hand, and ends. Otherwise they would count as stalled half a
 *   minute later, and be done a second time. A second signal of the
 *   same kind ends it at once.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { type Job, UnrecoverableError, Worker } from 'bullmq';

/** What today-notifications puts into each job. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

const blacklist = ['4153518780', '4153518781'];

/** Longest wait for the service, in ms. */
const patience = 5000;

/** Stands for the call to a real text message service, which takes its time. */
async function sendNotification(
  phoneNumber: string,
  message: string,
  signal: AbortSignal,
): Promise<void> {
  await pause(50, undefined, { signal });
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

async function notify(
  job: Job<NotificationData>,
  _token?: string,
  cancelled?: AbortSignal,
): Promise<void> {
  const { phoneNumber, message } = job.data;
  await job.updateProgress(0);
  if (blacklist.includes(phoneNumber)) {
    throw new UnrecoverableError(`Phone number ${phoneNumber} is blacklisted`);
  }
  if (phoneNumber.startsWith('555') && job.attemptsMade < 2) {
    throw new Error(`Phone number ${phoneNumber} is busy`);
  }
  await job.updateProgress(50);
  const signals = [AbortSignal.timeout(patience), ...(cancelled ? [cancelled] : [])];
  await sendNotification(phoneNumber, message, AbortSignal.any(signals));
}

const worker = new Worker('push_notification_code_2', notify, { connection: {}, concurrency: 2 });

const report = (error: Error) => console.error(`Worker error: ${error.message}`);

// Without a listener for it, BullMQ prints the whole error each time Redis cannot be reached.
worker.on('error', report);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    worker.close().catch(report);
  });
}
