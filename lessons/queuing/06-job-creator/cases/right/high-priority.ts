import kue, { type Job } from 'kue';

type PushNotification = { phoneNumber: string; message: string };

const queue: kue.Queue = kue.createQueue({ jobEvents: true });

function push(data: PushNotification): Job {
  return queue.create('push_notification_code', data).priority('high').attempts(1);
}

const job = push({ phoneNumber: '2025550143', message: 'Door code 9911' });
job.on('complete', () => console.log('Notification job completed'));
job.on('failed', () => console.log('Notification job failed'));
job.save((problem: unknown) => {
  if (!problem) console.log(`Notification job created: ${job.id}`);
});
