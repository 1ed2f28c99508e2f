import { createQueue } from 'kue';

const jobs = [
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

const queue = createQueue();
let open = jobs.length;

const settle = (line) => {
  console.log(line);
  open -= 1;
  if (open === 0) queue.shutdown(1000, () => process.exit(0));
};

let n = 0;
while (n < jobs.length) {
  const job = queue.create('push_notification_code_2', jobs[n]).removeOnComplete(true);
  job.on('complete', () => settle(`Notification job ${job.id} completed`));
  job.on('failed', (err) => settle(`Notification job ${job.id} failed: ${err}`));
  job.on('progress', (progress) => console.log(`Notification job ${job.id} ${progress}% complete`));
  job.save((err) => {
    if (!err) console.log(`Notification job created: ${job.id}`);
  });
  n += 1;
}
