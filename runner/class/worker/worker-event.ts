import * as v from 'valibot';
import { faultKinds } from './fault-kind';

const whole = v.pipe(v.number(), v.integer());

/** What an event of a job says: which one, and which attempt at it, counted from 1. */
const ofJob = { job: v.string(), attempt: whole };

/** How an attempt failed. */
const failure = { ...ofJob, ms: whole, kind: v.picklist(faultKinds), cause: v.string() };

/** What a worker tells of its work. Nobody's name and no code is in it. Times are milliseconds. */
export const workEventSchema = v.variant('event', [
  /** From now on it takes jobs. */
  v.strictObject({ event: v.literal('ready') }),
  v.strictObject({ event: v.literal('taken'), ...ofJob }),
  v.strictObject({
    event: v.literal('graded'),
    ...ofJob,
    ms: whole,
    lessons: v.array(v.strictObject({ name: v.string(), verdict: v.string(), ms: whole })),
  }),
  /** Its result was there: another worker was thought to be dead. */
  v.strictObject({ event: v.literal('known'), ...ofJob, ms: whole }),
  /** Nobody waits for it any more: its learner has handed in again. */
  v.strictObject({ event: v.literal('withdrawn'), ...ofJob, ms: whole }),
  /** It is tried again. */
  v.strictObject({ event: v.literal('attempt failed'), ...failure }),
  /** It is given up. */
  v.strictObject({ event: v.literal('fault'), ...failure }),
  v.strictObject({ event: v.literal('handed back'), ...ofJob, ms: whole }),
  v.strictObject({ event: v.literal('redis lost') }),
  v.strictObject({ event: v.literal('redis back') }),
]);

export type WorkEvent = v.InferOutput<typeof workEventSchema>;

/** The same with the process that it happened in, and what happens to processes. */
export type WorkerEvent = { worker: number } & (
  | WorkEvent
  | { event: 'started' }
  | { event: 'ended'; code: number | null; signal: NodeJS.Signals | null }
);

/** Told of each event, in order. */
export type Listener = (event: WorkerEvent) => void;
