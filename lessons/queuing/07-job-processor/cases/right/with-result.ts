import { createQueue, type DoneCallback, type Job } from 'kue';

type Notice = Readonly<{ phoneNumber: string; message: string }>;

export function sendNotification(phoneNumber: string, message: string): void {
  process.stdout.write(`Sending notification to ${phoneNumber}, with message: ${message}\n`);
}

createQueue().process('push_notification_code', 1, (job: Job, done: DoneCallback) => {
  const notice = job.data as Notice;
  sendNotification(notice.phoneNumber, notice.message);
  done(null, { sentAt: new Date().toISOString() });
});
