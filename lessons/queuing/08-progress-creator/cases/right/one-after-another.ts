import { createQueue, type Job, type Queue } from 'kue';

type PushNotification = { phoneNumber: string; message: string };

const jobs: readonly PushNotification[] = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4159518782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4158718781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153818782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4154318781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4151218782', message: 'This is the code 4321 to verify your account' },
];

function follow(job: Job): Job {
  const say = (text: string) => console.log(`Notification job #${job.id} ${text}`);
  return job
    .on('complete', () => say('completed'))
    .on('failed', (message: string) => say(`failed: ${message}`))
    .on('progress', (percentage: number) => say(`${percentage}% complete`));
}

async function createAll(queue: Queue): Promise<void> {
  for (const data of jobs) {
    const job = follow(queue.create('push_notification_code_2', data));
    await new Promise<void>((resolve, reject) => {
      job.save((error?: Error) => (error ? reject(error) : resolve()));
    });
    console.log(`Notification job created: ${job.id}`);
  }
}

createAll(createQueue()).catch(console.error);
