import kue from 'kue';

const blacklist = ['4153518780', '4153518781'];
const queue = kue.createQueue();

function sendNotification(phoneNumber, message) {
  if (blacklist.includes(phoneNumber)) return;
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

[
  ['4153518743', '4321'],
  ['4153538781', '4562'],
  ['4153118782', '4321'],
  ['4153718781', '4562'],
  ['4159518782', '4321'],
  ['4158718781', '4562'],
  ['4153818782', '4321'],
  ['4154318781', '4562'],
  ['4151218782', '4321'],
].forEach(([phoneNumber, code]) => {
  sendNotification(phoneNumber, `This is the code ${code} to verify your account`);
});
