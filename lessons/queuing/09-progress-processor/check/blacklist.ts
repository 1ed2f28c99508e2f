import {
  callWithFewer,
  fail,
  type NextStep,
  type ProgramRun,
  placeholderIn,
  quote,
  says,
  type Task,
  throwing,
} from '#grading';
import { eventsOf, isEnd, isStack, type JobEvent } from '#vocabulary/kue/events';
import { expectStillWorking } from '#vocabulary/kue/worker';
import { blacklistedText } from '../../vocabulary/notifications/blacklisted-text';
import type { NotificationJob } from '../../vocabulary/notifications/data';
import { sendingLine } from '../../vocabulary/notifications/sent-line';
import {
  handsErrorToDone,
  hasNumericPhones,
  listedBeside,
  overlooksTheFirst,
  sharesVariable,
} from './blacklist-source';

/** A job whose number is on the blacklist, and what became of it. */
interface Refusal extends NotificationJob {
  events: JobEvent[];
  notified: boolean;
}

/**
 * Jobs for blacklisted numbers are never notified.
 * @throws CheckFailure where one is, or where the refusal ends the program
 */
export function expectNotNotified(
  task: Task,
  running: ProgramRun,
  jobs: readonly NotificationJob[],
): void {
  noneIsThrown(task, running);
  doneIsHandedOn(task, running);
  failedTakesNoError(task, running);
  running.expectNoCrash();
  const refusals = refusalsOf(running, jobs);
  for (const one of refusals) neverNotified(task, running, one, refusals);
}

/**
 * Jobs for blacklisted numbers fail, each with `Phone number NUMBER is blacklisted` as its error.
 * Those that were never taken are passed over here.
 * @throws CheckFailure naming what happens to them instead
 */
export function expectRefused(
  task: Task,
  running: ProgramRun,
  jobs: readonly NotificationJob[],
): void {
  for (const one of refusalsOf(running, jobs)) failsWithItsError(task, running, one);
}

/**
 * The file's blacklist holds these numbers, and no other.
 * @throws CheckFailure naming another
 */
export function expectBlacklist(task: Task, numbers: readonly string[]): void {
  const other = listedBeside(task.source, numbers);
  if (!other) return;
  fail({
    class: 'requirement-not-met',
    message: `The blacklist has ${other.text} in it, too; the task names ${numbers.join(' and ')}.`,
    next: 'Take it out: those two are all that belongs there.',
    line: other.line,
  });
}

function refusalsOf(running: ProgramRun, jobs: readonly NotificationJob[]): Refusal[] {
  const all = eventsOf(running);
  return jobs.map((job) => ({
    ...job,
    events: all.filter((event) => event.id === job.id),
    notified: running.outputLines.includes(sendingLine(job.data)),
  }));
}

function noneIsThrown(task: Task, running: ProgramRun): void {
  const thrown = running.program.errors.find(({ message }) => /blacklist/i.test(message));
  if (!thrown) return;
  fail({
    class: 'crash',
    message:
      'The error for a blacklisted number is thrown, and nothing catches it: it ends the whole program.',
    next: 'Hand the error to done instead of throwing it: done(new Error(…)).',
    line: throwing(task.source),
    seen: `${thrown.name}: ${thrown.message}`,
  });
}

function doneIsHandedOn(task: Task, running: ProgramRun): void {
  const thrown = thrownFor(running, 'done');
  const line = callWithFewer(task.source, 'sendNotification', 4);
  if (!thrown || line === undefined) return;
  fail({
    class: 'crash',
    message: 'sendNotification is called without done, with which it should end the job.',
    next: 'Hand it all four: sendNotification(phoneNumber, message, job, done).',
    seen: `${thrown.name}: ${thrown.message}`,
    line,
  });
}

/** The error of a call of what should be a function of this name. */
function thrownFor(running: ProgramRun, name: string) {
  return running.program.errors.find(
    ({ message }) => says.missingFunction.exec(message)?.[1] === name,
  );
}

/** kue calls what job.failed() is given when the state is written. */
function failedTakesNoError(task: Task, running: ProgramRun): void {
  const line = task.source.lineOfCall('failed');
  const thrown = thrownFor(running, 'fn');
  if (!thrown || line === undefined) return;
  fail({
    class: 'crash',
    message:
      'job.failed() takes a callback, not an error: kue calls what it gets, and that ends the program.',
    next: 'Hand the error to done in place of job.failed(): done(new Error(…)) ends the job as failed.',
    seen: `${thrown.name}: ${thrown.message}`,
    line,
  });
}

/** Whether the function did more for the job than to refuse it. */
function goesOn({ events }: Refusal): boolean {
  return events.some(
    ({ event, argument }) => event === 'complete' || (event === 'progress' && Number(argument) > 0),
  );
}

function neverNotified(task: Task, running: ProgramRun, one: Refusal, all: Refusal[]): void {
  if (!one.notified) return;
  fail({
    class: 'wrong-output',
    ...whyNotified(task, running, one, all),
    expected: running.outputLines
      .filter((line) => !all.some(({ data }) => sendingLine(data) === line))
      .join('\n'),
    seen: running.outputLines.join('\n'),
    line: task.source.lineOfText('Sending notification'),
    at: { prints: sendingLine(one.data) },
  });
}

function whyNotified(
  task: Task,
  running: ProgramRun,
  one: Refusal,
  all: Refusal[],
): { message: string; next: NextStep } {
  const number = one.data.phoneNumber;
  if (one.events.some(({ event }) => event === 'failed')) {
    const message = `The blacklisted number ${number} is notified all the same`;
    return goesOn(one)
      ? {
          message: `${message}: after the job has failed, the function goes on.`,
          next: 'Leave the function once the job has failed: return after done(…), or use else.',
        }
      : {
          message: `${message}: the line is printed whether or not the number is on the blacklist.`,
          next: 'Print the line only where the number is not on the blacklist: below the check and its return, or in the else.',
        };
  }
  const refused = all.find((other) => !other.notified && other.data.phoneNumber !== number);
  if (refused) {
    return {
      message: `The number ${number} is notified; it is blacklisted just as ${refused.data.phoneNumber} is.`,
      next: overlooksTheFirst(task.source)
        ? 'For the first in the array indexOf gives 0: compare with -1, or ask with includes().'
        : 'Compare the numbers in the blacklist with the task’s, digit by digit.',
    };
  }
  const message = `The blacklisted number ${number} is notified like any other`;
  const others = eventsOf(running).filter(({ id }) => all.every((other) => other.id !== id));
  if (
    others.some(({ event, argument }) => event === 'failed' && /blacklist/i.test(`${argument}`))
  ) {
    return {
      message: `The blacklisted number ${number} is notified, and numbers that are not on the blacklist are refused.`,
      next: 'Turn the condition round: refuse the number where it is in the blacklist.',
    };
  }
  return {
    message: `${message}.`,
    next: hasNumericPhones(task.source)
      ? 'Compare like with like: in the job’s data the phone number is text, so it must be text in the blacklist too.'
      : 'Ask the array whether the number is in it: blacklist.includes(phoneNumber), with the name that your array has.',
  };
}

function nextForCompleted({ source }: Task): string {
  if (!handsErrorToDone(source)) {
    return 'Hand an error to done: done(new Error(…)) ends the job as failed.';
  }
  const shared = sharesVariable(source)
    ? ' A variable outside of every function is shared by the two jobs that are in hand.'
    : '';
  return `The file has a done(new Error(…)): see why it is not reached for this job.${shared}`;
}

function failsWithItsError(task: Task, running: ProgramRun, one: Refusal): void {
  const number = one.data.phoneNumber;
  const wanted = blacklistedText(number);
  const wrong: (message: string, next: NextStep, seen?: string) => never = (message, next, seen) =>
    fail({
      class: 'wrong-data',
      message,
      next,
      expected: wanted,
      seen,
      line: task.source.lineOfText('is blacklisted'),
      at: { calls: ['done'] },
      compared: seen === undefined ? undefined : [wanted, seen],
    });
  const end = one.events.find(({ event }) => isEnd(event));
  if (one.events.length === 0) return;
  if (!end) {
    expectStillWorking(running);
    wrong(
      `done is never called for the job with the blacklisted number ${number}: it holds one of the two places for ever.`,
      handsErrorToDone(task.source)
        ? 'The file hands an error to done: see that this is the function that kue gives to process(), and that it is reached.'
        : task.source.lineOfCall('failed') === undefined
          ? 'Hand the error to done: done(new Error(…)) ends the job as failed.'
          : 'Hand the error to done in place of job.failed(), which only writes the state down: done(new Error(…)).',
    );
  }
  if (end.event === 'complete') {
    wrong(
      `The job for the blacklisted number ${number} completes; it should fail.`,
      nextForCompleted(task),
    );
  }
  const text = String(end.argument);
  if (text !== wanted) {
    wrong(
      `A job for a blacklisted number fails with ${quote(text)}; the error’s message should be ${quote(wanted)}.`,
      placeholderIn(text) !== undefined
        ? 'Put the text between backticks: only there the number is filled in.'
        : 'Make the message the task’s, letter by letter, with the number in it.',
      text,
    );
  }
  const error = String(one.events.find(({ event }) => event === 'error')?.argument ?? '');
  if (!isStack(error)) {
    wrong(
      'The job fails with a plain text; the task asks for an Error object.',
      `Make it an Error: done(new Error(…)).`,
      text,
    );
  }
}
