import { UnrecoverableError, Worker } from 'bullmq';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function sendNotification(phoneNumber, message) {
  await pause(20);
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
  await pause(20);
}

const worker = new Worker(
  'push_notification_code_2',
  async (job) => {
    const blacklist = ['4153518780', '4153518781'];
    const { phoneNumber, message } = job.data;
    await job.updateProgress(0);
    if (blacklist.includes(phoneNumber)) {
      throw new UnrecoverableError(`Phone number ${phoneNumber} is blacklisted`);
    }
    await job.updateProgress(50);
    if (phoneNumber.startsWith('555') && job.attemptsMade < 2) {
      throw new Error(`Phone number ${phoneNumber} is busy`);
    }
    await sendNotification(phoneNumber, message);
    await job.updateProgress(100);
    return { sent: phoneNumber };
  },
  { connection: {}, concurrency: 2 },
);
await worker.waitUntilReady();
