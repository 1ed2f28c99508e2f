import * as v from 'valibot';
import { count } from '../../grading/program/count';

/** What test-file-program.ts tells when the tests are over. */
export const testReport = v.object({
  tests: v.array(
    v.object({
      title: v.string(),
      state: v.picklist(['passed', 'failed', 'skipped']),
      /** What it failed with: the error's text, its name, and where it was thrown. */
      message: v.optional(v.string()),
      name: v.optional(v.string()),
      stack: v.optional(v.string()),
    }),
  ),
  /** For each call of testMode.enter(): whether jobs were to be processed. */
  entered: v.array(v.boolean()),
  /** Calls of testMode.clear(). */
  cleared: count,
  /** Jobs in testMode.jobs at the end. */
  jobsLeft: count,
  /** Calls of save() outside test mode: each puts a job into a real queue. */
  savedForReal: count,
  stillInTestMode: v.boolean(),
});

export type TestReport = v.InferOutput<typeof testReport>;
