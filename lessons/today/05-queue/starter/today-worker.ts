// Lesson 5: work on the jobs of the queue push_notification_code.
// The text is at `npm start -- show today/5`; ask for a hint with `npm start -- hint today/5`.

// TODO: import Worker from the package `bullmq`

// TODO: the function sendNotification(phoneNumber, message), which logs
//       "Sending notification to PHONE_NUMBER, with message: MESSAGE"

// TODO: a worker for push_notification_code that calls it with what each job carries
