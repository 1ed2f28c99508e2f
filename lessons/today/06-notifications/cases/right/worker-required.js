const { Worker, UnrecoverableError } = require('bullmq');
const { setTimeout: sleep } = require('timers/promises');

const blacklist = ['4153518780', '4153518781'];

const sendNotification = async (phoneNumber, message) => {
  await sleep(50);
  console.log('Sending notification to %s, with message: %s', phoneNumber, message);
};

const worker = new Worker(
  'push_notification_code_2',
  async (job) => {
    const { phoneNumber, message } = job.data;
    await job.updateProgress(0);
    if (blacklist.indexOf(phoneNumber) !== -1)
      throw new UnrecoverableError(`Phone number ${phoneNumber} is blacklisted`);
    if (phoneNumber.slice(0, 3) === '555' && job.attemptsMade < 2)
      throw new Error(`Phone number ${phoneNumber} is busy`);
    await job.updateProgress(50);
    await sendNotification(phoneNumber, message);
  },
  { connection: {}, concurrency: 2, autorun: false },
);
worker.run();
