/** One way in which createPushNotificationsJobs can be broken. */
export type MutantName =
  | 'no-throw'
  | 'wrong-text'
  | 'wrong-queue'
  | 'job-lost'
  | 'wrong-data'
  | 'nothing-saved';
