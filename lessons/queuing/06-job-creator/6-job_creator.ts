import { createQueue } from 'kue';

/** What a processor needs to know to send one notification. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

const queue = createQueue();

// Without a listener for it, kue ends the program as soon as Redis cannot be reached.
queue.on('error', (error: Error) => {
  console.error(`Queue error: ${error.message}`);
});

const data: NotificationData = {
  phoneNumber: '4153518780',
  message: 'This is the code to verify your account',
};

const job = queue.create('push_notification_code', data);

job.on('complete', () => {
  console.log('Notification job completed');
});

job.on('failed', () => {
  console.log('Notification job failed');
});

// The id comes from Redis, so there is none before the job is saved.
job.save((error?: Error) => {
  if (error) {
    console.error(`Notification job not created: ${error.message}`);
    return;
  }
  console.log(`Notification job created: ${job.id}`);
});
