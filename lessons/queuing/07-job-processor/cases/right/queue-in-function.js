import * as kue from 'kue';

class Notifier {
  constructor(queue) {
    this.queue = queue;
  }

  listen() {
    this.queue.process('push_notification_code', (job, done) => {
      sendNotification(job.data.phoneNumber, job.data.message);
      done();
    });
  }
}

function sendNotification(phoneNumber, message) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

new Notifier(kue.createQueue()).listen();
