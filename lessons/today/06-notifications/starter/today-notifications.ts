// Lesson 6: add the jobs below to the queue push_notification_code_2, and tell what becomes of each.
// The text is at `npm start -- show today/6`; ask for a hint with `npm start -- hint today/6`.

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '5553538781', message: 'This is the code 4562 to verify your account' },
  { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
  { phoneNumber: '4153718781', message: 'This is the code 4562 to verify your account' },
];

// TODO: the queue push_notification_code_2, and its QueueEvents

// TODO: one job for each object of the array, with the four options of the task;
//       log "Notification job created: " and the id of each

// TODO: at each event of a job, log what it tells: progress, completed, failed
