import { createQueue } from 'kue';

const queue = createQueue();

function sendNotification(phoneNumber: any, message: any): void {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.process('push_notification_code', sendNotification);
