import { FlowProducer, QueueEvents } from 'bullmq';

async function main(): Promise<void> {
  const flow = new FlowProducer({ connection: {} });
  const events = new QueueEvents('push_notification_code');
  const { job } = await flow.add({
    name: 'notification',
    queueName: 'push_notification_code',
    data: { phoneNumber: '4153518780', message: 'This is the code to verify your account' },
    opts: { attempts: 1 },
  });
  console.log(`Notification job created: ${job.id}`);
  const settle = async (what: 'completed' | 'failed') => {
    console.log(`Notification job ${what}`);
    await events.close();
    await flow.close();
  };
  events
    .on('completed', ({ jobId }) => void (jobId === job.id && settle('completed')))
    .on('failed', ({ jobId }) => void (jobId === job.id && settle('failed')));
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
