import * as v from 'valibot';
import { isolations } from '../../sandbox/isolation/level';

/** What a worker's process is told first. */
const settings = v.strictObject({
  /** With its password: no command line and no environment has it. */
  url: v.string(),
  /** The queue that it is meant to find by itself; it leaves if that is another. */
  queue: v.string(),
  course: v.optional(v.string()),
  offline: v.boolean(),
  isolation: v.picklist(isolations),
});

/** All that it is told. */
export const workerMessageSchema = v.variant('does', [
  v.strictObject({ does: v.literal('grade'), settings }),
  v.strictObject({ does: v.literal('finish') }),
  v.strictObject({ does: v.literal('hand back') }),
]);

export type WorkerMessage = v.InferOutput<typeof workerMessageSchema>;
export type ProcessSettings = v.InferOutput<typeof settings>;
