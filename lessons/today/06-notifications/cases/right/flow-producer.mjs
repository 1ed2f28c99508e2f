import { FlowProducer, QueueEvents } from 'bullmq';

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];
const queueName = 'push_notification_code_2';
const opts = { attempts: 3, backoff: { type: 'exponential', delay: 100 }, removeOnComplete: true, removeOnFail: 100 };

const events = new QueueEvents(queueName);
for (const [event, text] of Object.entries({
  progress: ({ data }) => `${data}% complete`,
  completed: () => 'completed',
  failed: ({ failedReason }) => `failed: ${failedReason}`,
})) {
  events.on(event, (args) => console.log(`Notification job ${args.jobId} ${text(args)}`));
}
await events.waitUntilReady();

const flow = new FlowProducer();
const nodes = await flow.addBulk(jobs.map((data) => ({ name: 'n', queueName, data, opts })));
for (const { job } of nodes) console.log(`Notification job created: ${job.id}`);
