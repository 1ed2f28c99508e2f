import type { JobsOptions } from 'bullmq';
import * as v from 'valibot';

/** What a job on the queue holds: all that a worker elsewhere needs to grade it. */
export const submissionJobSchema = v.strictObject({
  /** The lessons by their names on the command line. */
  lessons: v.array(v.string()),
  /** The packed submission. */
  packed: v.pipe(
    v.string(),
    v.base64(),
    v.transform((text) => Buffer.from(text, 'base64')),
  ),
});

export type SubmissionJob = v.InferInput<typeof submissionJobSchema>;

/** How often a submission is tried, if whoever grades it fails: never for what its programs do. */
export const mostAttempts = 3;

/**
 * How soon a submission is graded: what was changed just now comes before the rest of the class. The lower
 * number comes first.
 */
export const priorities = { changed: 1, rest: 2 } as const;
export type Urgency = keyof typeof priorities;

/** How a submission is put on the queue. */
export const jobOptions: JobsOptions = {
  attempts: mostAttempts,
  // From 1 to 2 s, then from 2 to 4 s: what failed together does not come back together.
  backoff: { type: 'exponential', delay: 2000, jitter: 0.5 },
  // What counts lies in the result box, and the packed files are not needed any more.
  removeOnComplete: true,
};
