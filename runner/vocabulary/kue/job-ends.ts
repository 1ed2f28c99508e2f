import { fail } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import { activeJobs, eventsOf, isEnd } from './events';
import { type JobState, jobsIn } from './jobs';
import { expectStillWorking } from './worker';

/**
 * The program has brought all of these jobs to an end, whichever it was.
 * @throws CheckFailure where one is left open, or never taken
 */
export async function expectAllEnded(
  task: Task,
  running: ProgramRun,
  ids: readonly number[],
): Promise<void> {
  const ended = new Set(endsOf(running).map(({ id }) => id));
  const open = ids.filter((id) => !ended.has(id));
  if (open.length === 0) return;
  expectStillWorking(running);
  const jobs = (await jobsIn(task.redis)).filter((job) => open.includes(job.id));
  const inState = (state: JobState) => jobs.filter((job) => job.state === state).length;
  const active = inState('active');
  const waiting = inState('inactive');
  const stay = active === 1 ? 'A job stays' : `${active} jobs stay`;
  const them = active === 1 ? 'it' : 'them';
  fail({
    class: 'wrong-data',
    ...(active === 0 ? {} : { at: { calls: ['process'] } }),
    message:
      active === 0
        ? `Only ${ids.length - open.length} of ${ids.length} jobs are taken out of the queue.`
        : `${stay} “active” since done() is not called for ${them}${
            waiting === 0
              ? ''
              : waiting === 1
                ? ', and the one behind waits for ever'
                : `, and the ${waiting} behind wait for ever`
          }.`,
    next: 'Call done() when a job is finished: only then kue hands out the next.',
    expected: open.map((id) => `job ${id}: complete`).join('\n'),
    seen: jobs.map((job) => `job ${job.id}: ${job.state}`).join('\n'),
  });
}

/**
 * Each of these jobs came to its end once.
 * @throws CheckFailure where `done` was called twice for one
 */
export function expectEndedOnce(running: ProgramRun, ids: readonly number[]): void {
  for (const id of ids) {
    const events = endsOf(running).flatMap((one) => (one.id === id ? [one.event] : []));
    if (events.length < 2) continue;
    fail({
      class: 'wrong-data',
      message:
        new Set(events).size > 1
          ? 'done is called twice for one job: it fails, and completes as well.'
          : 'done is called twice for one job: kue then takes more jobs at a time than it should.',
      next: 'Call done once on each way through the function, and leave the function after it.',
      expected: `job ${id}: ${events[0]}`,
      seen: events.map((event) => `job ${id}: ${event}`).join('\n'),
      at: { calls: ['done'] },
    });
  }
}

/**
 * No more jobs than that were ever in hand at the same time.
 * @throws CheckFailure otherwise
 */
export function expectAtMostActive(running: ProgramRun, most: number): void {
  const active = activeJobs(running).find((ids) => ids.length > most);
  if (!active) return;
  fail({
    class: 'wrong-command',
    message: `${active.length} jobs were in hand at the same time; the task asks for ${most}.`,
    next: 'Look for a done that is called before its job is finished, or for a second queue.process().',
    seen: active.map((one) => `job ${one}: active`).join('\n'),
  });
}

/** The ends of jobs that a program reported, in their order. */
export function endsOf(running: ProgramRun) {
  return eventsOf(running).filter(({ event }) => isEnd(event));
}
