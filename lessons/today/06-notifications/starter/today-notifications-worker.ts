// Lesson 6: work on the jobs of the queue push_notification_code_2, two at a time.
// The text is at `npm start -- show today/6`; ask for a hint with `npm start -- hint today/6`.

// TODO: an array with the blacklisted numbers, 4153518780 and 4153518781, as strings

// TODO: the function sendNotification(phoneNumber, message), which may wait for 50 ms, and logs
//       "Sending notification to PHONE_NUMBER, with message: MESSAGE"

// TODO: a worker that reports 0, refuses blacklisted numbers for good, fails for busy ones,
//       reports 50, and sends the others their notification
