import kue from 'kue';

const jobs = [
  ['4153518780', '1234'],
  ['4153518781', '4562'],
  ['4153518743', '4321'],
  ['4153538781', '4562'],
  ['4153118782', '4321'],
  ['4153718781', '4562'],
  ['4159518782', '4321'],
  ['4158718781', '4562'],
  ['4153818782', '4321'],
  ['4154318781', '4562'],
  ['4151218782', '4321'],
].map(([phoneNumber, code]) => ({
  phoneNumber,
  message: `This is the code ${code} to verify your account`,
}));

const queue = kue.createQueue();

jobs.forEach((data) => {
  const job = queue.create('push_notification_code_2', data);

  job.save((err) => {
    if (!err) {
      return console.log(`Notification job created: ${job.id}`);
    }

    job.on('complete', () => console.log(`Notification job ${job.id} completed`));
    job.on('failed', (error) => console.log(`Notification job ${job.id} failed: ${error}`));
    job.on('progress', (progress) => console.log(`Notification job ${job.id} ${progress}% complete`));
    return job;
  });
});
