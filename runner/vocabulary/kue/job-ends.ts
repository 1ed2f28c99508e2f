import { fail, type Place } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import { calledAgain, doneCalls, handsDoneOn, uncalledDone } from './done-calls';
import { activeJobs, eventsOf, isEnd } from './events';
import { type JobState, jobsIn } from './jobs';
import { expectStillWorking } from './worker';

/**
 * The program has brought all of these jobs to an end, whichever it was.
 * @param at where a job that went well should end
 * @throws CheckFailure where one is left open, or never taken
 */
export async function expectAllEnded(
  task: Task,
  running: ProgramRun,
  ids: readonly number[],
  at: Place = { calls: ['process'] },
): Promise<void> {
  const ended = new Set(endsOf(running).map(({ id }) => id));
  const open = ids.filter((id) => !ended.has(id));
  if (open.length === 0) return;
  expectStillWorking(running);
  const jobs = (await jobsIn(task.redis)).filter((job) => open.includes(job.id));
  const inState = (state: JobState) => jobs.filter((job) => job.state === state).length;
  const active = inState('active');
  const waiting = inState('inactive');
  const sides = {
    expected: open.map((id) => `job ${id}: complete`).join('\n'),
    seen: jobs.map((job) => `job ${job.id}: ${job.state}`).join('\n'),
  };
  if (active === 0) {
    fail({
      class: 'wrong-data',
      message: `Only ${ids.length - open.length} of ${ids.length} jobs are taken out of the queue.`,
      next: 'Call done() when a job is finished: only then kue hands out the next.',
      ...sides,
    });
  }
  const stay = active === 1 ? 'A job stays' : `${active} jobs stay`;
  const behind =
    waiting === 0
      ? ''
      : waiting === 1
        ? ', and the one behind waits for ever'
        : `, and the ${waiting} behind wait for ever`;
  const { why, ...rest } = leftOpen(task, active === 1 ? 'it' : 'them', at);
  fail({
    class: 'wrong-data',
    message: `${stay} “active” ${why}${behind}.`,
    ...rest,
    ...sides,
  });
}

/** Why a job has no end, from what the file does with `done`. */
function leftOpen({ source }: Task, them: string, at: Place) {
  const uncalled = uncalledDone(source);
  if (uncalled) {
    const { name, line } = uncalled;
    return {
      why: `since line ${line} names ${name} without calling it`,
      next: `Write the brackets: ${name}().`,
      line,
    };
  }
  const why = `since done() is not called for ${them}`;
  const calls = doneCalls(source);
  const failing = calls.length > 0 && calls.every(({ fails }) => fails) && !handsDoneOn(source);
  return {
    why,
    next: failing
      ? 'Call done() without an argument when a job is finished, too: the file calls it with an error only.'
      : 'Call done() when a job is finished: only then kue hands out the next.',
    at,
  };
}

/**
 * Each of these jobs came to its end once.
 * @throws CheckFailure where `done` was called twice for one
 */
export function expectEndedOnce(task: Task, running: ProgramRun, ids: readonly number[]): void {
  for (const id of ids) {
    const events = endsOf(running).flatMap((one) => (one.id === id ? [one.event] : []));
    const [first, second] = events;
    if (first === undefined || second === undefined) continue;
    fail({
      class: 'wrong-data',
      ...twice(task, [first === 'failed', second === 'failed']),
      expected: `job ${id}: ${first}`,
      seen: events.map((event) => `job ${id}: ${event}`).join('\n'),
    });
  }
}

/** How a job came to two ends: which calls of the file have made them. */
function twice({ source }: Task, fails: [boolean, boolean]) {
  const ends = fails.map((one) => (one ? 'fails' : 'completes'));
  const calls = calledAgain(source, fails);
  const more = 'kue then takes more jobs at a time than it should';
  if (!calls) {
    return {
      message:
        ends[0] === ends[1]
          ? `done is called twice for one job: ${more}.`
          : 'done is called twice for one job: it fails, and completes as well.',
      next: 'Call done once on each way through the function, and leave the function after it.',
      at: { calls: ['done'], only: true as const },
    };
  }
  const { first, second, inside } = calls;
  const returns = fails[0] && inside;
  const early = !fails[0] && fails[1];
  return {
    message: `done is called twice for one job: it ${ends[0]} by line ${first.line}, and ${ends[1]}${ends[0] === ends[1] ? ' again' : ''} by line ${second.line}.`,
    next: returns
      ? `Leave the function with the error: write return before the done(…) of line ${first.line}.`
      : early
        ? `Take out the done() of line ${first.line}: the error of line ${second.line} ends the job.`
        : `Take out the done() of line ${second.line}: the job is at its end by then.`,
    line: returns || early ? first.line : second.line,
  };
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
