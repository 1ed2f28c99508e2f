// Task 8: put eleven jobs of the type push_notification_code_2 into the queue, and follow each one.
// The text is at `npm start -- show 8`; ask for a hint with `npm start -- hint 8`.

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

// Keeps the program alive while Redis cannot be reached.
queue.on('error', (error: Error) => {
  console.error(`Queue error: ${error.message}`);
});

for (const data of jobs) {
  // TODO: in place of this line, make a job of the type push_notification_code_2 out of data
  console.log(data.phoneNumber);

  // TODO: listen to the job: completed, failed (with the error), progress (with the percentage)

  // TODO: save the job, and print its id once that has worked
}
