/** One way in which createPushNotificationsJobs can be broken. */
export type Breakage =
  | 'no-throw'
  | 'wrong-text'
  | 'wrong-queue'
  | 'job-lost'
  | 'wrong-data'
  | 'nothing-saved';

/** Each breakage: what an 8-job with it does, and the assertion that would notice. */
export const breakages: Record<Breakage, { does: string; next: string }> = {
  'no-throw': {
    does: 'throws nothing when jobs is not an array',
    next: 'Add a test that calls it with something else than an array and expects the error.',
  },
  'wrong-text': {
    does: 'throws another text than “Jobs is not an array”',
    next: 'Expect the error’s message too, not only that something is thrown.',
  },
  'nothing-saved': {
    does: 'creates jobs but never saves them',
    next: 'Compare queue.testMode.jobs with what you put in, after the call.',
  },
  'job-lost': {
    does: 'loses the last job of the list',
    next: 'Compare the length of queue.testMode.jobs with that of the list.',
  },
  'wrong-queue': {
    does: 'puts the jobs into another queue than push_notification_code_3',
    next: 'Compare queue.testMode.jobs[0].type with “push_notification_code_3”.',
  },
  'wrong-data': {
    does: 'gives the jobs other data than the list’s',
    next: 'Compare queue.testMode.jobs[0].data with the first object of the list.',
  },
};
