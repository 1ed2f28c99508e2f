import { createQueue, type DoneCallback, type Job } from 'kue';

const queue = createQueue();

function sendNotification(phoneNumber: string, message: string): void {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.process('push_notification_code', (job: Job, done: DoneCallback) => {
  const { phoneNumber, message } = job.data;
  sendNotification(message, phoneNumber);
  done();
});
