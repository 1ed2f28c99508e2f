import { blacklistedText } from './blacklisted';
import { fail, quote } from './finding';
import { eventsToldBy, inHand, isEnd } from './job-events';
import { type JobState, jobsIn } from './jobs';
import type { NotificationJob } from './notification-data';
import { sendingLine } from './notifications';
import { staysToWork } from './processors';
import type { Running } from './running';
import type { Task } from './task';

/**
 * The program has brought all of these jobs to an end, whichever it was.
 * @throws CheckFailure where one is left open, or never taken
 */
export async function allEnd(task: Task, running: Running, ids: readonly number[]): Promise<void> {
  const ended = new Set(ends(running).map(({ id }) => id));
  const open = ids.filter((id) => !ended.has(id));
  if (open.length === 0) return;
  staysToWork(running);
  const jobs = (await jobsIn(task.redis)).filter((job) => open.includes(job.id));
  const inState = (state: JobState) => jobs.filter((job) => job.state === state).length;
  const active = inState('active');
  const waiting = inState('inactive');
  const stay = active === 1 ? 'A job stays' : `${active} jobs stay`;
  const them = active === 1 ? 'it' : 'them';
  fail({
    class: 'wrong-data',
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
 * The program has completed these jobs, and printed a line for each.
 * @throws CheckFailure naming the first that failed or is without its line
 */
export function areNotified(task: Task, running: Running, jobs: readonly NotificationJob[]): void {
  const seen = [...running.everything];
  const told = ends(running);
  for (const { id, data } of jobs) {
    const line = sendingLine(data);
    const index = seen.indexOf(line);
    if (index >= 0) seen.splice(index, 1);
    const failed = told.find((one) => one.id === id && one.event === 'failed');
    if (failed) {
      notBlacklisted(task, data.phoneNumber, String(failed.argument));
      const error = quote(String(failed.argument));
      fail({
        class: 'wrong-data',
        message:
          index < 0
            ? `The job for ${data.phoneNumber} fails with ${error}; it should be notified and completed.`
            : `The job for ${data.phoneNumber} is notified, but fails with ${error}.`,
        next: 'Call done() without an argument where all went well: its first argument is an error.',
        expected: `job ${id}: complete`,
        seen: `job ${id}: failed`,
        line: task.source.lineOfCall('done'),
      });
    }
    if (index >= 0) continue;
    fail({
      class: 'wrong-output',
      message: `The job for ${data.phoneNumber} is completed, but the line ${quote(line)} is missing.`,
      next: 'Call sendNotification for each job, and print the line in it.',
      expected: jobs.map((one) => sendingLine(one.data)).join('\n'),
      seen: running.everything.join('\n'),
    });
  }
}

/** @throws CheckFailure where it is refused as if it were blacklisted */
function notBlacklisted(task: Task, phoneNumber: string, error: string): void {
  if (error !== blacklistedText(phoneNumber)) return;
  const listed = task.source.mentions(phoneNumber);
  fail({
    class: 'wrong-data',
    message: `The number ${phoneNumber} is refused as blacklisted; it is none of the two that the task names.`,
    next: listed
      ? 'Take it out of the blacklist: 4153518780 and 4153518781 are all that belongs there.'
      : 'Compare whole numbers: blacklist.includes(phoneNumber), with the task’s two in the list.',
    line: task.source.lineOfText(listed ? phoneNumber : 'is blacklisted'),
  });
}

/**
 * Each of these jobs came to its end once.
 * @throws CheckFailure where `done` was called twice for one
 */
export function endOnce(task: Task, running: Running, ids: readonly number[]): void {
  for (const id of ids) {
    const events = ends(running).flatMap((one) => (one.id === id ? [one.event] : []));
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
      line: task.source.lineOfCall('done'),
    });
  }
}

/**
 * No more jobs than that were ever in hand at the same time.
 * @throws CheckFailure otherwise
 */
export function neverMoreActive(running: Running, most: number): void {
  const active = inHand(running).find((ids) => ids.length > most);
  if (!active) return;
  fail({
    class: 'wrong-command',
    message: `${active.length} jobs were in hand at the same time; the task asks for ${most}.`,
    next: 'Look for a done that is called before its job is finished, or for a second queue.process().',
    seen: active.map((one) => `job ${one}: active`).join('\n'),
  });
}

function ends(running: Running) {
  return eventsToldBy(running).filter(({ event }) => isEnd(event));
}
