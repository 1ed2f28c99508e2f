import * as v from 'valibot';

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
export interface ProgressEntry extends LastVerdict {
  /** Which hints were given, by their place, from 0. */
  hints: number[];
}

/** The last verdict on a lesson, and when it first passed. */
export type LastVerdict = v.InferOutput<typeof verdictSchema>;

/** What is remembered of a course. */
export interface Progress {
  /** The id of the lesson last opened. */
  last?: string;
  /** By lesson id. */
  lessons: Record<string, ProgressEntry>;
}

/** What is read of the learner's files to tell a state: see fingerprint.ts. */
export interface Now {
  /** The hash of the learner's files for the lesson. */
  files: string;
  /** The hash of what the lesson is graded by. */
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

export const verdictSchema = v.object({
  /** The last verdict. */
  verdict: v.optional(v.picklist(['passed', 'failed', 'missing'])),
  /** The class of the last failure: hints follow from it. */
  class: v.optional(v.string()),
  /** What was wrong, in one sentence. */
  message: v.optional(v.string()),
  /** What was expected and what was seen, where the failure sets them side by side. */
  expected: v.optional(v.string()),
  seen: v.optional(v.string()),
  /** The hash of the learner's files that were graded. */
  files: v.optional(v.string()),
  /** The hash of what graded them: see fingerprint.ts. */
  course: v.optional(v.string()),
  /** When, ISO 8601. */
  gradedAt: v.optional(v.string()),
  /** When it first passed, ISO 8601. */
  passedAt: v.optional(v.string()),
});
