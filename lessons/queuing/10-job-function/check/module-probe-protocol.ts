import { count, v } from '#grading';

const refusalSchema = v.variant('outcome', [
  v.object({
    input: v.string(),
    outcome: v.literal('returned'),
    what: v.picklist(['error', 'promise', 'other']),
  }),
  v.object({
    input: v.string(),
    outcome: v.picklist(['threw', 'threw-other']),
    message: v.string(),
    /** Its name and its text, and where it was thrown: nothing of what is no Error. */
    raw: v.exactOptional(v.string()),
    stack: v.exactOptional(v.string()),
  }),
]);

const acceptanceSchema = v.object({
  input: v.string(),
  /** How many jobs the array has. */
  jobs: count,
  /** Calls of save() before it returned. */
  saved: count,
  /** Whether it looked at the queue that it was given. */
  asked: v.boolean(),
  /** How many jobs the array has afterwards. */
  left: count,
  /** The error where it threw one: its text, and its name before it. */
  threw: v.exactOptional(v.string()),
  raw: v.exactOptional(v.string()),
  stack: v.exactOptional(v.string()),
  /** Whether it takes the same array as its second argument then. */
  swapped: v.exactOptional(v.boolean()),
});

/** What module-probe-program.ts tells of the module. */
export const moduleReport = v.object({
  exported: v.string(),
  /** The exported function's own name; empty where it has none. */
  name: v.string(),
  named: v.array(v.string()),
  refusals: v.array(refusalSchema),
  acceptances: v.array(acceptanceSchema),
});

/** What a call with something that is no array led to. */
export type Refusal = v.InferOutput<typeof refusalSchema>;

/** What a call with an array led to. */
export type Acceptance = v.InferOutput<typeof acceptanceSchema>;

export type ModuleReport = v.InferOutput<typeof moduleReport>;
