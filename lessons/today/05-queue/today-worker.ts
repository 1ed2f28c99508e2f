import { type Job, Worker } from 'bullmq';

/** What today-queue puts into each job. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

/** Stands for the call to a real text message service. */
function sendNotification(phoneNumber: string, message: string): void {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

const worker = new Worker(
  'push_notification_code',
  async ({ data }: Job<NotificationData>) => {
    sendNotification(data.phoneNumber, data.message);
  },
  { connection: {} },
);

// Without a listener for it, BullMQ prints the whole error each time Redis cannot be reached.
worker.on('error', (error) => {
  console.error(`Worker error: ${error.message}`);
});
