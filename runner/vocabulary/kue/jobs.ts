import type { NextStep } from '#grading';
import { nearest } from '../../grading/explain/edit-distance';
import { fail, quote } from '../../grading/finding';
import type { Keyspace } from '../../grading/program/keyspace';

/*
 * kue 0.11's layout, from what it writes: `q:ids` counts; `q:job:ID` is a hash with type, data
 * (JSON), state, progress, error (an Error's stack, or the text that stood for one);
 * `q:jobs:TYPE:STATE` are sorted sets of `LL|ID`, where LL is the number of the id's digits;
 * `q:TYPE:jobs` is the list on which workers block.
 */

/** The states that a job goes through. */
export type JobState = 'inactive' | 'active' | 'complete' | 'failed' | 'delayed';

/** A job as kue keeps it. */
export interface Job {
  id: number;
  type: string;
  state: JobState | undefined;
  /** The data that it was created with; undefined where it is no JSON. */
  data: unknown;
  /** Percent, or undefined if no progress was reported. */
  progress: number | undefined;
  /** A failed job's error: its message, without what kue keeps around it. */
  error: string | undefined;
}

/** Every job in the Redis of a check, by id. */
export async function jobsIn(redis: Keyspace): Promise<Job[]> {
  const keys = (await redis.keys()).filter((key) => /^q:job:\d+$/.test(key));
  const jobs = await Promise.all(
    keys.map(async (key) => jobOf(Number(key.slice('q:job:'.length)), await redis.hash(key))),
  );
  return jobs.sort((one, other) => one.id - other.id);
}

/**
 * The jobs of a type.
 * @param line where the file creates them, for the finding
 * @throws CheckFailure where there is none, naming a type that is like it
 */
export async function expectJobsOfType(
  redis: Keyspace,
  type: string,
  next: NextStep,
  line?: number,
): Promise<Job[]> {
  const all = await jobsIn(redis);
  const jobs = all.filter((job) => job.type === type);
  if (jobs.length > 0) return jobs;
  const types = [...new Set(all.map((job) => job.type))];
  const other = nearest(type, types) ?? types[0];
  fail({
    class: 'wrong-data',
    message:
      other === undefined
        ? `No job of the type ${quote(type)} is in the queue: Redis holds no job at all.`
        : other === ''
          ? `No job of the type ${quote(type)} is in the queue; there is one without a type.`
          : `No job of the type ${quote(type)} is in the queue; there is one of the type ${quote(other)}.`,
    next,
    expected: type,
    seen: types.join('\n'),
    line,
    at: other === undefined ? { calls: ['create', 'createJob'] } : { names: [other] },
    compared: other === undefined ? undefined : [type, other],
  });
}

/** A job from the fields of its hash. */
export function jobOf(id: number, fields: Record<string, string>): Job {
  return {
    id,
    type: fields.type ?? '',
    state: fields.state as JobState | undefined,
    data: parse(fields.data),
    progress: fields.progress === undefined ? undefined : Number(fields.progress),
    error: fields.error === undefined ? undefined : errorMessage(fields.error),
  };
}

/** The message in a stack, `NAME: MESSAGE` and lines that begin with `at`; any other text as it is. */
function errorMessage(stack: string): string {
  const end = stack.search(/\n\s+at /);
  return end < 0 ? stack : stack.slice(0, end).replace(/^\w*Error: /, '');
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
