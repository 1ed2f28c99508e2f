import { createQueue } from 'kue';

const queue = createQueue();

function sendNotification(phoneNumber: string, message: string): void {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.process('push_notification_code', (job: any, done: () => void) => {
  sendNotification(job.phoneNumber, job.message);
  done();
});
