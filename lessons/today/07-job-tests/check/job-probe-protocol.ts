import { v } from '#grading';

/** What a call came to: how it ended, and with what. */
const outcome = v.variant('ended', [
  v.object({
    ended: v.literal('resolved'),
    /** What it gave, as JSON, and for an array how many entries with an id that has. */
    value: v.string(),
    ids: v.exactOptional(v.array(v.string())),
  }),
  v.object({ ended: v.literal('returned'), value: v.string() }),
  v.object({
    ended: v.picklist(['rejected', 'threw']),
    isError: v.boolean(),
    message: v.string(),
    /** Its name and its text. */
    raw: v.string(),
  }),
]);

/** What job-probe-program.ts tells of a module. */
export const jobReport = v.object({
  /** The type of each export, by its name. */
  exported: v.record(v.string(), v.string()),
  /** The names under a default export that is an object. */
  underDefault: v.array(v.string()),
  refusals: v.array(v.object({ input: v.string(), outcome })),
  none: v.nullable(outcome),
  many: v.nullable(outcome),
  /** How often the queue that was handed in was told to add. */
  bulk: v.number(),
  single: v.number(),
  /** Of the first key, the milliseconds that it was to stay after the first call. */
  keyLeft: v.number(),
  /** The same after the second call, before which half an hour was left. */
  keyLater: v.number(),
  /** Of one number: at first, again, and twice at once of another; then of a third, and when Redis has forgotten that. */
  asked: v.array(outcome),
  /** Commands that went by the client that was handed in. */
  sent: v.number(),
});

export type Outcome = v.InferOutput<typeof outcome>;

export type JobReport = v.InferOutput<typeof jobReport>;
