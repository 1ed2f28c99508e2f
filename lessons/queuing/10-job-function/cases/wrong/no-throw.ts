import type { Queue } from 'kue';

interface JobData {
  phoneNumber: string;
  message: string;
}

function createPushNotificationsJobs(jobs: JobData[], queue: Queue): void {
  jobs.forEach((data) => {
    const job = queue.create('push_notification_code_3', data);

    job.on('complete', () => {
      console.log(`Notification job ${job.id} completed`);
    });
    job.on('failed', (error: string) => {
      console.log(`Notification job ${job.id} failed: ${error}`);
    });
    job.on('progress', (percent: number) => {
      console.log(`Notification job ${job.id} ${percent}% complete`);
    });

    job.save((error?: Error) => {
      if (!error) console.log(`Notification job created: ${job.id}`);
    });
  });
}

export default createPushNotificationsJobs;
