// Lesson 7: a function that adds jobs in bulk, and one that asks Redis who may be notified.
// The text is at `npm start -- show today/7`; ask for a hint with `npm start -- hint today/7`.

// TODO: export the async function createPushNotificationsJobs(jobs, queue): it throws
//       "Jobs is not an array", or adds a job "push_notification" for each object by one
//       queue.addBulk, and returns the jobs

// TODO: export the async function mayNotify(phoneNumber, redis): true if the key
//       notified:PHONE_NUMBER was not there, false if it was; the key stays for 3600 seconds
