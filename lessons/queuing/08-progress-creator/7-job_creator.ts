import { createQueue } from 'kue';

/** What a processor needs to know to send one notification. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

const jobs: NotificationData[] = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4159518782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4158718781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153818782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4154318781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4151218782', message: 'This is the code 4321 to verify your account' },
];

const queue = createQueue();

// Without a listener for it, kue ends the program as soon as Redis cannot be reached.
queue.on('error', (error: Error) => {
  console.error(`Queue error: ${error.message}`);
});

for (const data of jobs) {
  const job = queue.create('push_notification_code_2', data);

  job.on('complete', () => {
    console.log(`Notification job #${job.id} completed`);
  });

  // What comes here is the message of the processor's Error, as text.
  job.on('failed', (message: string) => {
    console.log(`Notification job #${job.id} failed: ${message}`);
  });

  job.on('progress', (percentage: number) => {
    console.log(`Notification job #${job.id} ${percentage}% complete`);
  });

  job.save((error?: Error) => {
    if (error) {
      console.error(`Notification job not created: ${error.message}`);
      return;
    }
    console.log(`Notification job created: ${job.id}`);
  });
}
