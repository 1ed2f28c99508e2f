import { createQueue, Job } from 'kue';

const queue = createQueue();

function sendNotification(phoneNumber: string, message: string): void {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

queue.on('job enqueue', (id: number) => {
  Job.get(id, (error?: Error, job?: Job) => {
    if (error || !job) return;
    sendNotification(job.data.phoneNumber, job.data.message);
  });
});
