import kue from 'kue';

const queue = kue.createQueue();

const sendNotification = (phoneNumber, message) => {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
};

const guarded = (fn) => (...args) => fn(...args);

queue.process('push_notification_code', guarded((job, done) => {
  sendNotification(job.data.phoneNumber, job.data.message);
  done();
}));
