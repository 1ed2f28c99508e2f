import * as v from 'valibot';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';

/** Something that a worker reported of a job, as kue publishes it on `q:events`. */
export interface JobEvent {
  id: number;
  /** `start`, `progress`, `complete`, `failed`, `failed attempt`, `error`, … */
  event: string;
  /** What its listeners get: the percentage of `progress`, the message of `failed`. */
  argument: unknown;
}

/** What kue publishes: the id as a number or as text, and what is emitted, the event's name first. */
const publishedSchema = v.object({
  id: v.union([v.number(), v.string()]),
  event: v.string(),
  args: v.optional(v.array(v.unknown()), []),
});

/** What the program reported of jobs, in the order in which Redis got it. */
export function eventsOf(running: ProgramRun): JobEvent[] {
  return running
    .commands('PUBLISH')
    .flatMap(([, channel, message]) =>
      channel === 'q:events' ? (readEvent(message ?? '') ?? []) : [],
    );
}

/** The ids of the jobs that are at their end: completed, or failed for good. */
export function settledBy(running: ProgramRun): Set<number> {
  const ends = eventsOf(running).filter(({ event }) => isEnd(event));
  return new Set(ends.map(({ id }) => id));
}

/** The ids of the jobs that were in hand, after each event in turn. */
export function activeJobs(running: ProgramRun): number[][] {
  const active = new Set<number>();
  return eventsOf(running).map(({ id, event }) => {
    if (event === 'start') active.add(id);
    if (isEnd(event)) active.delete(id);
    return [...active];
  });
}

/** Whether kue was given an Error: it keeps an Error's stack, and of a text the text alone. */
export function isStack(error: string): boolean {
  return /\n\s+at /.test(error);
}

/** Whether the event is the last that kue reports of a job. */
export function isEnd(event: string): boolean {
  return event === 'complete' || event === 'failed';
}

/** A worker of kue that asked for a job. */
export interface Wait {
  /** The list, whole: `q:TYPE:jobs` where kue's own prefix is left as it is. */
  key: string;
  /** Whether it waits still. */
  open: boolean;
}

/** Every wait for a job, from the wire: kue asks with BLPOP, a command for each free worker. */
export function waitsOf(task: Task, running: ProgramRun): Wait[] {
  return task.sandbox.journal
    .commands(running.name)
    .filter(({ words }) => words[0] === 'BLPOP')
    .map(({ words, reply }) => ({ key: words[1] ?? '', open: reply === undefined }));
}

/** The event that a message of kue holds; undefined for any other message. */
export function readEvent(message: string): JobEvent | undefined {
  try {
    const { id, event, args } = v.parse(publishedSchema, JSON.parse(message));
    return { id: Number(id), event, argument: args[1] };
  } catch {
    return undefined;
  }
}
