import { fail, isObject, quote } from '#grading';
import type { Job } from '#vocabulary/bullmq/queue';

/** An option as the task asks for it, and what tells whether a job has it. */
interface Asked {
  name: string;
  shown: string;
  isMet(value: unknown): boolean;
  message(value: string): string;
}

const asked: Asked[] = [
  {
    name: 'attempts',
    shown: 'attempts: 3',
    isMet: (value) => value === 3,
    message: (value) => `A job is tried ${value} times at most; the task asks for three.`,
  },
  {
    name: 'backoff',
    shown: "backoff: { type: 'exponential', delay: 100 }",
    isMet: (value) => isObject(value) && value.type === 'exponential' && value.delay === 100,
    message: (value) =>
      `The back-off of a job is ${value}; the task asks for an exponential one that begins with 100 ms.`,
  },
  {
    name: 'removeOnComplete',
    shown: 'removeOnComplete: true',
    isMet: (value) => value === true || counts(value, 0),
    message: (value) => `A completed job stays in Redis: its removeOnComplete is ${value}.`,
  },
  {
    name: 'removeOnFail',
    shown: 'removeOnFail: 100',
    isMet: (value) => counts(value, 100),
    message: (value) =>
      `The queue does not keep the last 100 jobs that failed: their removeOnFail is ${value}.`,
  },
];

/**
 * Each job has the options of the task, wherever they come from.
 * @throws CheckFailure with the first that is another, or is not there
 */
export function expectOptions(jobs: readonly Job[]): void {
  for (const { id, options } of jobs) {
    for (const { name, shown, isMet, message } of asked) {
      const value = options[name];
      // BullMQ notes no attempts as 0: it tries once then.
      const isThere = value !== undefined && !(name === 'attempts' && value === 0);
      if (isMet(value)) continue;
      fail({
        class: 'wrong-data',
        message: isThere ? message(written(value)) : `The job ${id} has no option ${quote(name)}.`,
        next: isThere
          ? `Write ${shown}.`
          : `Put ${name} into the options of the job: the third argument of queue.add(), or defaultJobOptions of the Queue.`,
        at: [{ names: [name] }, { calls: ['add', 'addBulk'] }],
        expected: shown,
        seen: Object.entries(options)
          .map(([option, held]) => `${option}: ${written(held)}`)
          .sort()
          .join('\n'),
      });
    }
  }
}

/** As JSON, its keys in one order: Redis holds them in that of the script which stored them. */
function written(value: unknown): string {
  return JSON.stringify(value, isObject(value) ? Object.keys(value).sort() : undefined);
}

/** Whether so many are kept: a number, or the count in an object. */
function counts(value: unknown, count: number): boolean {
  return value === count || (isObject(value) && value.count === count);
}
