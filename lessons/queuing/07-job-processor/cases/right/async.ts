import { setTimeout as pause } from 'node:timers/promises';
import kue, { type DoneCallback, type Job } from 'kue';

const queue = kue.createQueue({ name: 'notifications' });

async function sendNotification(phoneNumber: string, message: string): Promise<void> {
  await pause(20);
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.process('push_notification_code', async ({ data }: Job, done: DoneCallback) => {
  try {
    await sendNotification(data.phoneNumber, data.message);
    done();
  } catch (error) {
    done(error);
  }
});
