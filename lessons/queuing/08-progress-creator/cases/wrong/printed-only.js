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

jobs.forEach((data, index) => {
  const id = index + 1;
  console.log(`Notification job created: ${id}`);
});

jobs.forEach(({ phoneNumber }, index) => {
  const id = index + 1;
  console.log(`Notification job ${id} 0% complete`);
  if (id < 3) {
    console.log(`Notification job ${id} failed: Phone number ${phoneNumber} is blacklisted`);
  } else {
    console.log(`Notification job ${id} 50% complete`);
    console.log(`Notification job ${id} completed`);
  }
});

setInterval(() => {}, 1000);
