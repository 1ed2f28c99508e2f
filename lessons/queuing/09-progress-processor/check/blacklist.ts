import {
  callWithFewer,
  fail,
  matching,
  type NextStep,
  oddCondition,
  type ProgramRun,
  placeholderIn,
  quote,
  type Source,
  says,
  type Task,
  throwing,
} from '#grading';
import { unknownField } from '#vocabulary/kue/crash';
import { calledAgain, doneCalls } from '#vocabulary/kue/done-calls';
import { eventsOf, isEnd, isStack, type JobEvent } from '#vocabulary/kue/events';
import { expectRightUse } from '#vocabulary/kue/misuse';
import { expectStillWorking } from '#vocabulary/kue/worker';
import { blacklistedText } from '../../vocabulary/notifications/blacklisted-text';
import type { NotificationJob } from '../../vocabulary/notifications/data';
import { sendingLine } from '../../vocabulary/notifications/sent-line';
import {
  lackIn,
  lineOfQuestion,
  listedBeside,
  overlooksTheFirst,
  sharesVariable,
  vainQuestion,
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
  expectRightUse(task, running);
  noFieldIsAVariable(task, running);
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

/** @throws CheckFailure where the program has ended by a field of the job's data that it takes for a variable */
function noFieldIsAVariable(task: Task, running: ProgramRun): void {
  const [error] = running.program.errors;
  const told = error && unknownField(error, task.file, ['phoneNumber', 'message']);
  if (told) fail({ class: 'crash', ...told, seen: `${error.name}: ${error.message}` });
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
    at: { prints: sendingLine(one.data) },
  });
}

function whyNotified(
  { source }: Task,
  running: ProgramRun,
  one: Refusal,
  all: Refusal[],
): { message: string; next: NextStep; line?: number | undefined } {
  const number = one.data.phoneNumber;
  if (one.events.some(({ event }) => event === 'failed')) return notifiedThough(source, one);
  const notified = `The number ${number} is notified, though it is blacklisted`;
  const slip =
    lackIn(
      source,
      number,
      all.map(({ data }) => data.phoneNumber),
    ) ??
    vainQuestion(source) ??
    oddCondition(source);
  if (slip) return { ...slip, message: `${notified}. ${slip.message}` };
  const line = lineOfQuestion(source);
  const refused = all.find((other) => hasFailed(other) && other.data.phoneNumber !== number);
  if (refused) {
    return {
      message: `${notified} just as ${refused.data.phoneNumber} is.`,
      next: overlooksTheFirst(source)
        ? 'For the first in the array indexOf gives 0: compare with -1, or ask with includes().'
        : 'See why the question that refuses the one does not refuse the other.',
      line,
    };
  }
  const others = eventsOf(running).filter(({ id }) => all.every((other) => other.id !== id));
  if (
    others.some(({ event, argument }) => event === 'failed' && /blacklist/i.test(`${argument}`))
  ) {
    return {
      message: `${notified}, and numbers that are not on the blacklist are refused.`,
      next: 'Turn the condition round: refuse the number if it is in the blacklist.',
      line,
    };
  }
  return {
    message: `${notified}: nothing refuses it.`,
    next: 'Ask the array whether the number is in it, blacklist.includes(phoneNumber), and hand an error to done if it is.',
    line,
  };
}

/** What to do for a number that is refused, and notified besides. */
function notifiedThough(source: Source, one: Refusal) {
  const message = `The blacklisted number ${one.data.phoneNumber} is notified all the same`;
  if (!goesOn(one)) {
    return {
      message: `${message}: the line is printed whether or not the number is on the blacklist.`,
      next: 'Print the line only if the number is not on the blacklist: below the check and its return, or in the else.',
    };
  }
  const again = calledAgain(source, [true, false]);
  return again?.handedTo
    ? {
        message: `${message}: a return in the function that ${again.handedTo}() gets leaves that one only.`,
        next: 'Ask blacklist.includes(phoneNumber), and return from sendNotification itself.',
        line: again.first.line,
      }
    : {
        message: `${message}: after the job has failed, the function goes on.`,
        next: 'Leave the function once the job has failed: return after done(…), or use else.',
        line: again?.first.line,
      };
}

function hasFailed({ events }: Refusal): boolean {
  return events.some(({ event }) => event === 'failed');
}

/** Why a blacklisted job comes to the end of one that went well. */
function whyCompleted({ source }: Task): { next: NextStep; line?: number | undefined } {
  const calls = doneCalls(source);
  if (!calls.some(({ fails }) => fails)) {
    const after = source.lineOfText('is blacklisted') ?? 0;
    return {
      next: 'Hand an error to done: done(new Error(…)) ends the job as failed.',
      line: calls.find(({ line }) => line >= after)?.line,
    };
  }
  const shared = sharesVariable(source)
    ? ' A variable outside of every function is shared by the two jobs that are in hand.'
    : '';
  return {
    next: `The file hands an error to done: see why that is not reached for this job.${shared}`,
  };
}

/** Why a blacklisted job has no end at all. */
function whyOpen({ source }: Task): NextStep {
  const isThrown = matching(source, 'throw new Error($)').length > 0;
  if (isThrown) {
    return 'Hand the error to done in place of throwing it: something catches it, and the job is left open.';
  }
  if (doneCalls(source).some(({ fails }) => fails)) {
    return 'The file hands an error to done: see that this is the function that kue gives to process(), and that it is reached.';
  }
  return source.lineOfCall('failed') === undefined
    ? 'Hand the error to done: done(new Error(…)) ends the job as failed.'
    : 'Hand the error to done in place of job.failed(), which only writes the state down: done(new Error(…)).';
}

/** What to do about an error with another text than the task's. */
function nextForText(source: Source, text: string): { next: NextStep; line?: number } {
  if (placeholderIn(text) !== undefined) {
    return { next: 'Put the text between backticks: only there the number is filled in.' };
  }
  const odd = oddCondition(source);
  if (odd) return { next: `${odd.message} ${odd.next}`, line: odd.line };
  const [many] = matching(source, 'new Error($, $, $$$)');
  return many
    ? {
        next: 'Make it one text, between backticks: an Error takes its first argument only as its message.',
        line: source.lineOf(many),
      }
    : { next: 'Make the message the task’s, letter by letter, with the number in it.' };
}

function failsWithItsError(task: Task, running: ProgramRun, one: Refusal): void {
  const number = one.data.phoneNumber;
  const wanted = blacklistedText(number);
  const wrong: (
    message: string,
    why: { next: NextStep; line?: number | undefined },
    seen?: string,
  ) => never = (message, { next, line }, seen) =>
    fail({
      class: 'wrong-data',
      message,
      next,
      expected: wanted,
      seen,
      line: line ?? task.source.lineOfText('is blacklisted'),
      at: { calls: ['done'] },
      compared: seen === undefined ? undefined : [wanted, seen],
    });
  const end = one.events.find(({ event }) => isEnd(event));
  if (one.events.length === 0) return;
  if (!end) {
    expectStillWorking(running);
    wrong(
      `done is never called for the job with the blacklisted number ${number}: it holds one of the two places for ever.`,
      { next: whyOpen(task) },
    );
  }
  if (end.event === 'complete') {
    wrong(
      `The job for the blacklisted number ${number} completes; it should fail.`,
      whyCompleted(task),
    );
  }
  const text = String(end.argument);
  if (text !== wanted) {
    wrong(
      `A job for a blacklisted number fails with ${quote(text)}; the error’s message should be ${quote(wanted)}.`,
      nextForText(task.source, text),
      text,
    );
  }
  const error = String(one.events.find(({ event }) => event === 'error')?.argument ?? '');
  if (!isStack(error)) {
    wrong(
      'done is called with what is no Error object, such as a plain text; the task asks for one.',
      { next: 'Make it an Error: done(new Error(…)).' },
      text,
    );
  }
}
