const kue = require('kue');
const queue = kue.createQueue();

const obj = {
  phoneNumber: 'string',
  message: 'string',
};

const job = queue.createJob('push_notification_code', obj);

job.on('complete', function () {
  console.log('Notification job completed');
});
job.on('failed', function () {
  console.log('Notification job failed');
});
job.save(function (err) {
  if (err) throw err;
  console.log('Notification job created: ' + job.id);
});
