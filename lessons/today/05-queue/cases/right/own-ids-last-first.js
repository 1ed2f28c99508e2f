const { randomUUID } = require('node:crypto');
const { Queue, QueueEvents } = require('bullmq');

const name = 'push_notification_code';
const connection = { host: '127.0.0.1', port: 6379 };
const queue = new Queue(name, { connection });
const events = new QueueEvents(name, { connection });

const jobId = randomUUID();
const created = events
  .waitUntilReady()
  .then(() =>
    queue.add(
      'verify',
      { phoneNumber: '4153518780', message: 'This is the code to verify your account' },
      { jobId, lifo: true },
    ),
  )
  .then((job) => console.log(`Notification job created: ${job.id}`));

for (const event of ['completed', 'failed']) {
  events.on(event, async (settled) => {
    if (settled.jobId !== jobId) return;
    await created;
    console.log(`Notification job ${event}`);
    await Promise.all([queue.close(), events.close()]);
  });
}
