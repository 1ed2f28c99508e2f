import type { Queue } from 'kue';

/** What a worker needs to know to send one push notification. */
export interface PushNotification {
  phoneNumber: string;
  message: string;
}

/**
 * Queues one job of the type `push_notification_code_3` for each notification, and logs what
 * becomes of it.
 * @param jobs the notifications, one job each
 * @param queue where the jobs go: handed in, so that a test can hand in one of its own
 * @throws Error `Jobs is not an array`
 */
export default function createPushNotificationsJobs(jobs: PushNotification[], queue: Queue): void {
  // The compiler already refuses anything else, but JavaScript and JSON do not ask it.
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');

  for (const notification of jobs) {
    const job = queue.create('push_notification_code_3', notification);

    // Listeners first: a worker that waits already may be done before `save` calls back.
    job
      .on('complete', () => console.log(`Notification job ${job.id} completed`))
      .on('failed', (reason: string) => console.log(`Notification job ${job.id} failed: ${reason}`))
      .on('progress', (percent: number) =>
        console.log(`Notification job ${job.id} ${percent}% complete`),
      );

    job.save((error?: Error | null) => {
      if (error) console.error(`Notification job not created: ${error.message}`);
      else console.log(`Notification job created: ${job.id}`);
    });
  }
}
