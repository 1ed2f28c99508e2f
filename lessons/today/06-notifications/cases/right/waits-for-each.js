import { Queue, QueueEvents } from 'bullmq';

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];

const queue = new Queue('push_notification_code_2');
const events = new QueueEvents('push_notification_code_2');
const open = [];

async function follow(job) {
  events.on('progress', ({ jobId, data }) => {
    if (jobId === job.id) console.log(`Notification job ${job.id} ${data}% complete`);
  });
  await job.waitUntilFinished(events).then(
    () => console.log(`Notification job ${job.id} completed`),
    (error) => console.log(`Notification job ${job.id} failed: ${error.message}`),
  );
}

async function main() {
  events.setMaxListeners(50);
  for (const data of jobs) {
    const job = await queue.add('verify', data, {
      attempts: 3,
      backoff: { type: 'exponential', delay: 100 },
      removeOnComplete: true,
      removeOnFail: 100,
    });
    console.log(`Notification job created: ${job.id}`);
    open.push(follow(job));
  }
  await Promise.all(open);
  await Promise.all([queue.close(), events.close()]);
}

main();
