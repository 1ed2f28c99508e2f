import * as kue from 'kue';

interface Notice {
  phoneNumber: string;
  message: string;
}

const queue = kue.createQueue();
queue.setMaxListeners(20);

const saved = (job: kue.Job): Promise<void> =>
  new Promise((resolve, reject) => {
    job.save((error?: Error) => (error ? reject(error) : resolve()));
  });

async function main(notice: Notice): Promise<void> {
  const job = queue.create('push_notification_code', notice);
  await saved(job);
  console.log(`Notification job created: ${job.id}`);
  job.once('complete', () => console.log('Notification job completed'));
  job.once('failed', () => console.log('Notification job failed'));
}

main({ phoneNumber: '4155550100', message: 'Your table is ready' }).catch(console.error);
