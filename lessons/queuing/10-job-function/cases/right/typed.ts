import { type Job, type Queue } from 'kue';

type Notification = Readonly<{ phoneNumber: string; message: string }>;

const TYPE = 'push_notification_code_3';

export default function createPushNotificationsJobs(jobs: Notification[], queue: Queue): Job[] {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  return jobs.map((notification) => watch(queue.create(TYPE, notification)));
}

function watch(job: Job): Job {
  const say = (what: string) => console.log(`Notification job ${job.id} ${what}`);
  job.on('progress', (percent: number) => say(`${percent}% complete`));
  job.on('complete', () => say('completed'));
  job.on('failed', (error: unknown) => say(`failed: ${error}`));
  return job.save((error: unknown) => {
    if (!error) console.log(`Notification job created: ${job.id}`);
  });
}
