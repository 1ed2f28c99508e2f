import { createQueue } from 'kue';

const queue = createQueue();
let first;

function sendNotification(phoneNumber, message) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.process('push_notification_code', (job, done) => {
  first = first ?? job.data;
  sendNotification(first.phoneNumber, first.message);
  done();
});
