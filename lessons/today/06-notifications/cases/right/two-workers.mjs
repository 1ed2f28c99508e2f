import { setTimeout as delay } from 'node:timers/promises';
import { UnrecoverableError, Worker } from 'bullmq';

const blacklist = ['4153518780', '4153518781'];

const sendNotification = async (phoneNumber, message) => {
  await delay(50);
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
};

const processor = async (job) => {
  const { phoneNumber, message } = job.data;
  await job.updateProgress(0);
  if (blacklist.some((number) => number === phoneNumber)) {
    throw new UnrecoverableError(`Phone number ${phoneNumber} is blacklisted`);
  }
  // attemptsStarted is 1 in the first attempt
  if (phoneNumber.slice(0, 3) === '555' && job.attemptsStarted <= 2) {
    throw new Error(`Phone number ${phoneNumber} is busy`);
  }
  await job.updateProgress(50);
  await sendNotification(phoneNumber, message);
};

// two at a time: two workers, one job each
const workers = [1, 2].map(() => new Worker('push_notification_code_2', processor, { connection: {} }));

process.on('SIGTERM', async () => {
  await Promise.all(workers.map((w) => w.close()));
});
