/** One way in which createPushNotificationsJobs can be broken. */
export type MutantName =
  | 'no-throw'
  | 'wrong-text'
  | 'wrong-queue'
  | 'job-lost'
  | 'wrong-data'
  | 'nothing-saved';

/** What an 8-job is turned into for a run: broken in one way, or with the task's queue and error text. */
export type Variant = MutantName | 'mended';
