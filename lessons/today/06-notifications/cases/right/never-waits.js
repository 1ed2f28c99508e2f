import { UnrecoverableError, Worker } from 'bullmq';

const blacklist = ['4153518780', '4153518781'];

function sendNotification(phoneNumber, message) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

const worker = new Worker(
  'push_notification_code_2',
  async (job) => {
    job.updateProgress(0);
    const { phoneNumber, message } = job.data;
    if (blacklist.includes(phoneNumber)) {
      throw new UnrecoverableError('Phone number ' + phoneNumber + ' is blacklisted');
    }
    if (phoneNumber.startsWith('555') && job.attemptsMade < 2) {
      throw new Error('Phone number ' + phoneNumber + ' is busy');
    }
    job.updateProgress(50);
    sendNotification(phoneNumber, message);
  },
  { connection: { host: '127.0.0.1', port: 6379 }, concurrency: 2 },
);
