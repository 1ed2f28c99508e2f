import kue from 'kue';

const queue = kue.createQueue();

function sendNotification(phoneNumber, message) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.process('push_notification_code', 50, (job) => {
  const { phoneNumber, message } = job.data;
  sendNotification(phoneNumber, message);
});
