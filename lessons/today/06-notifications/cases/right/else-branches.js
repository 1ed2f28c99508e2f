import { UnrecoverableError, Worker } from 'bullmq';

const blacklistedNumbers = ['4153518780', '4153518781'];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function sendNotification(phoneNumber, message) {
  await sleep(50);
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

new Worker(
  'push_notification_code_2',
  async (job) => {
    const { phoneNumber, message } = job.data;
    await job.updateProgress(0);
    if (blacklistedNumbers.includes(phoneNumber)) {
      throw new UnrecoverableError(`Phone number ${phoneNumber} is blacklisted`);
    } else if (phoneNumber.startsWith('555') && job.attemptsMade < 2) {
      throw new Error(`Phone number ${phoneNumber} is busy`);
    } else {
      await job.updateProgress(50);
      await sendNotification(phoneNumber, message);
    }
  },
  { connection: { host: 'localhost', port: 6379 }, concurrency: 2 },
);
