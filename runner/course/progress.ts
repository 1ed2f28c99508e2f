import { z } from 'zod';

/** How a lesson stands. */
export type LessonState =
  | 'not started'
  | 'started'
  | 'passed'
  | 'failed'
  /** Graded, and edited since. */
  | 'changed'
  /** Graded, and the course has been updated since. */
  | 'check again';

/** What is remembered of one lesson. */
export type ProgressEntry = z.infer<typeof entrySchema>;
export type Progress = z.infer<typeof progressSchema>;

/** What is read of the learner's files to tell a state: see fingerprint.ts. */
export interface Now {
  /** The hash of the learner's files for the lesson. */
  files: string;
  /** The hash of the lesson's check. */
  course: string;
  /** False while every file is missing or still the starter. */
  begun: boolean;
}

/** The state of a lesson, from what was graded and what is there now. */
export function stateOf(entry: ProgressEntry | undefined, now: Now): LessonState {
  if (!entry?.verdict) return now.begun ? 'started' : 'not started';
  if (!now.begun && entry.verdict !== 'passed') return 'not started';
  if (entry.files !== now.files) return now.begun ? 'changed' : 'not started';
  if (entry.course !== now.course) return 'check again';
  return entry.verdict === 'passed' ? 'passed' : 'failed';
}

const entrySchema = z.object({
  verdict: z.enum(['passed', 'failed', 'missing']).optional().describe('the last verdict'),
  class: z.string().optional().describe('the class of the last failure: hints follow from it'),
  message: z.string().optional().describe('what was wrong, in one sentence'),
  files: z.string().optional().describe("the hash of the learner's files that were graded"),
  course: z.string().optional().describe('the hash of the check that graded them'),
  gradedAt: z.string().optional().describe('when, ISO 8601'),
  passedAt: z.string().optional().describe('when it first passed, ISO 8601'),
  hints: z.array(z.int()).default([]).describe('which hints were given, by their place, from 0'),
});

/** What the file holds. */
export const progressSchema = z.object({
  schema: z.literal(1).describe('the version of this format'),
  last: z.string().optional().describe('the id of the lesson last opened'),
  lessons: z.record(z.string(), entrySchema).describe('by lesson id'),
});
