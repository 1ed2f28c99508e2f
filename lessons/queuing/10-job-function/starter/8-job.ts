// Task 10: a function that puts a job into a queue for each notification of a list.
// The text is at `npm start -- show 10`; ask for a hint with `npm start -- hint 10`.

/** What a worker needs to know to send one notification. */
export interface PushNotification {
  phoneNumber: string;
  message: string;
}

// TODO: a function createPushNotificationsJobs that takes jobs and queue: the file's default export

// TODO: refuse jobs that is not an array

// TODO: for each notification a job of the type push_notification_code_3, with its four lines
