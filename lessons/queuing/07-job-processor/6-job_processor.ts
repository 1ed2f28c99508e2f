import { createQueue, type DoneCallback, type Job } from 'kue';

/** What 6-job_creator puts into each job. */
interface NotificationData {
  phoneNumber: string;
  message: string;
}

/** Stands for the call to a real text message service. */
function sendNotification(phoneNumber: string, message: string): void {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

const queue = createQueue();

// Without a listener for it, kue ends the program as soon as Redis cannot be reached.
queue.on('error', (error: Error) => {
  console.error(`Queue error: ${error.message}`);
});

queue.process('push_notification_code', (job: Job, done: DoneCallback) => {
  const { phoneNumber, message }: NotificationData = job.data;
  sendNotification(phoneNumber, message);
  done();
});
