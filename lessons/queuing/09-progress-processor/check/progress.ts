import { fail, type NextStep, type ProgramRun, quote, type Task } from '#grading';
import { eventsOf, isEnd } from '#vocabulary/kue/events';
import type { NotificationJob } from '../../vocabulary/notifications/data';

/** A job, and the percentages that it should report before its end. */
export interface ProgressingJob extends NotificationJob {
  percentages: readonly number[];
}

/**
 * Each job reports its percentages before its end: the first of them first, none left out.
 * @throws CheckFailure naming the one that is missing or wrong
 */
export function expectProgress(
  task: Task,
  running: ProgramRun,
  jobs: readonly ProgressingJob[],
): void {
  const seen = jobs.map((job) => ({ job, percentages: percentagesBefore(running, job.id) }));
  for (const { job, percentages } of seen) {
    if (startsWith(percentages, job.percentages)) continue;
    const others = seen.filter(({ percentages }) => percentages[0] === 0);
    fail({
      class: 'wrong-data',
      line: lineOfFault(task, percentages),
      at: { names: [job.data.phoneNumber] },
      ...(endsTooEarly(task, running, job) ?? fault(task, job, percentages, others.length > 0)),
      expected: job.percentages.map((percent) => `progress ${percent}`).join('\n'),
      seen: percentages.map((percent) => `progress ${percent}`).join('\n'),
    });
  }
  const extra = seen.find(({ job, percentages }) => percentages.length > job.percentages.length);
  if (extra) {
    task.advise(
      `The job for ${extra.job.data.phoneNumber} tells the percentages ${extra.percentages.join(', ')}; the task names ${extra.job.percentages.join(' and ')} only.`,
    );
  }
}

/** The second progress where the first is right: the call with another number than 0. */
function lineOfFault({ source }: Task, [first]: readonly number[]): number | undefined {
  const calls = source.literalArguments('progress');
  const second =
    first === 0 ? calls.find(({ values }) => !/^0/.test(String(values[0]))) : undefined;
  return (second ?? calls.at(first === 0 ? 1 : 0))?.line ?? source.lineOfCall('progress');
}

/** What is wrong where a percentage comes, but only after the job's end. */
function endsTooEarly(task: Task, running: ProgramRun, { id, percentages }: ProgressingJob) {
  const [before, after] = [percentagesBefore(running, id), percentagesAfter(running, id)];
  const late = percentages.find((percent) => !before.includes(percent) && after.includes(percent));
  if (late === undefined) return undefined;
  const ends = task.source.literalArguments('done').filter(({ values }) => values.length === 0);
  return {
    message: `done is called before the job tells a progress of ${late}: for kue the job is over by then.`,
    next: `Call done() last, after job.progress(${late}, 100) and after the line is printed.`,
    line: ends.length === 1 ? ends[0]?.line : undefined,
  };
}

/** What listeners of `progress` got before the job's end. */
function percentagesBefore(running: ProgramRun, id: number): number[] {
  return percentagesOf(running, id, (at, end) => at < end);
}

function percentagesAfter(running: ProgramRun, id: number): number[] {
  return percentagesOf(running, id, (at, end) => at > end);
}

function percentagesOf(
  running: ProgramRun,
  id: number,
  counts: (at: number, end: number) => boolean,
) {
  const events = eventsOf(running).filter((one) => one.id === id);
  const end = events.findIndex(({ event }) => isEnd(event));
  return events
    .filter((_, at) => counts(at, end < 0 ? events.length : end))
    .filter(({ event }) => event === 'progress')
    .map(({ argument }) => Number(argument));
}

/** The first first, the others after it in their order; a refused job reports nothing but zero. */
function startsWith(seen: readonly number[], wanted: readonly number[]): boolean {
  if (seen[0] !== wanted[0]) return false;
  if (wanted.length === 1) return seen.every((percent) => percent === wanted[0]);
  return wanted.slice(1).every((percent) => seen.includes(percent, 1));
}

function fault(
  task: Task,
  { data, percentages: wanted }: ProgressingJob,
  seen: readonly number[],
  othersBegin: boolean,
): { message: string; next: NextStep } {
  const first = seen[0];
  if (first !== 0) {
    const where = othersBegin ? `The job for ${data.phoneNumber} tells` : 'The jobs tell';
    return {
      message:
        first === undefined
          ? `${where} no progress of 0 at the beginning.`
          : `${where} a progress of ${first} first; the task asks for 0.`,
      next: 'Call job.progress(0, 100) as the first thing in sendNotification.',
    };
  }
  if (wanted.length === 1) {
    return {
      message: `The job for the blacklisted number ${data.phoneNumber} tells a progress of ${seen.find((percent) => percent !== 0)}; it should get no further than 0.`,
      next: 'Look for the number in the blacklist before job.progress(50, 100).',
    };
  }
  const second = seen[1];
  if (second === undefined) {
    return {
      message: 'The jobs tell a progress of 0 only; the task asks for 50 as well.',
      next: 'Call job.progress(50, 100) before the notification.',
    };
  }
  if (second === 0) {
    if (hasFraction(task)) {
      return {
        message:
          'The second progress is told as 0, not as 50: of 100, a fraction is less than one percent.',
        next: 'Call job.progress(50, 100): 50 out of 100.',
      };
    }
    return {
      message: 'The second progress is told as 0, not as 50: job.progress() takes two numbers.',
      next: 'Give the total as well: job.progress(50, 100).',
    };
  }
  return {
    message: `The second progress is told as ${second} percent; the task asks for 50.`,
    next: `Call job.progress(50, 100): so much done, ${quote('out of')} so much.`,
  };
}

/** Whether a progress is written as a fraction of one, with a total beside it. */
function hasFraction(task: Task): boolean {
  return task.source.literalArguments('progress').some(({ values: [done, total] }) => {
    const fraction = typeof done === 'number' && done > 0 && done < 1;
    return fraction && typeof total === 'number' && total > 1;
  });
}
