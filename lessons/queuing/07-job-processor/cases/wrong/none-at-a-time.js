import { createQueue } from 'kue';

const sendNotification = (phoneNumber, message) => {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
};

createQueue().process('push_notification_code', 0, ({ data }, done) => {
  sendNotification(data.phoneNumber, data.message);
  done();
});
