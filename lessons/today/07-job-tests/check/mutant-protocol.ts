/** One way in which a function of today-job can be broken. */
export type MutantName =
  | 'no-refusal'
  | 'wrong-text'
  | 'job-lost'
  | 'wrong-data'
  | 'wrong-name'
  | 'always-true'
  | 'one-for-all'
  | 'stays-for-ever';

/** What a today-job is turned into for a run: broken in one way, or with the task's own texts. */
export type Variant = MutantName | 'mended';
