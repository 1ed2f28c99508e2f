// Lesson 5: put one job into the queue push_notification_code, and tell what becomes of it.
// The text is at `npm start -- show today/5`; ask for a hint with `npm start -- hint today/5`.

// TODO: import Queue and QueueEvents from the package `bullmq`

// TODO: make a queue of the name push_notification_code, and its QueueEvents

// TODO: an object with the job's data: phoneNumber and message, both of them text

// TODO: add a job with it, and log "Notification job created: " and its id

// TODO: log "Notification job completed" or "Notification job failed" when that job is settled
