import kue from 'kue';

const queue = kue.createQueue();

queue.process('push_notification_code', (job, done) => {
  const { phoneNumber, message } = job.data;
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
  done();
});
