import {
  fail,
  functionAround,
  isWithin,
  isWritten,
  matching,
  type Place,
  quote,
  type Task,
  type ts,
} from '#grading';
import { progressOf, type QueueEvent } from '#vocabulary/bullmq/history';
import { misuseBehind } from '#vocabulary/bullmq/misuse';
import type { Job } from '#vocabulary/bullmq/queue';
import { failWithJob } from '#vocabulary/bullmq/worker';
import type { Notification } from '../../vocabulary/notifications/data';

interface NotificationJob extends Notification {
  id: string;
}

const worker: Place[] = [{ code: 'new UnrecoverableError($$$)' }, { code: 'new Worker($$$)' }];

/**
 * The job of a blacklisted number failed for good, at its first attempt and with the task’s error.
 * @throws CheckFailure otherwise
 */
export function expectRefused(
  task: Task,
  history: readonly QueueEvent[],
  { id, phoneNumber }: NotificationJob,
): void {
  const own = history.filter((one) => one.id === id);
  const wanted = `Phone number ${phoneNumber} is blacklisted`;
  const wrong = (message: string, next: string, at: Place[] = worker): never =>
    fail({
      class: 'wrong-data',
      message,
      next,
      at,
      expected: ['active', 'progress 0', `failed ${wanted}`].join('\n'),
      seen: own.map(eventText).join('\n'),
    });
  if (own.some(({ event }) => event === 'completed')) {
    wrong(
      `The number ${phoneNumber} is blacklisted, and its job is completed.`,
      isWritten(task.source, phoneNumber)
        ? 'Put the numbers in the array into quotation marks: the jobs carry text.'
        : 'Compare the number with the texts in the array, and throw for those that are in it.',
      [{ code: '$.includes($$$)' }, { names: [phoneNumber] }, ...worker],
    );
  }
  const failed = own.find(({ event }) => event === 'failed');
  const tries = own.filter(({ event }) => event === 'active').length;
  const reason = failed?.fields.failedReason;
  const isSlip = /is not (?:a function|defined)\b|\bundefined\b/.test(reason ?? '');
  if (reason !== undefined && (isSlip || misuseBehind(task.source, reason)))
    failWithJob(task, id, reason);
  // Any other error says what is wrong by its own text; “null” is that of what is no error.
  const isRefusal =
    !reason || reason === 'null' || /blacklist/i.test(reason) || reason.includes(phoneNumber);
  if (tries > 1 && isRefusal) {
    wrong(
      `The job of the blacklisted number ${phoneNumber} is tried ${tries} times: what it throws is no UnrecoverableError.`,
      'Throw an UnrecoverableError of BullMQ for it: such a job fails for good at once.',
      [{ throws: wanted }, ...worker],
    );
  }
  if (!failed) {
    wrong(
      `The job of the blacklisted number ${phoneNumber} never comes to its end.`,
      'Throw the error, and await whatever throws it.',
    );
  }
  if (reason !== wanted) {
    fail({
      class: 'wrong-data',
      message: `The job of the blacklisted number ${phoneNumber} fails with ${quote(reason ?? '')}; the task asks for ${quote(wanted)}.`,
      next: 'Give the error the text of the task, with the number in it.',
      at: worker,
      compared: [wanted, reason ?? ''],
      expected: wanted,
      seen: reason ?? '',
    });
  }
  const told = progressOf(history, id);
  if (told.includes('50')) {
    wrong(
      `Of the blacklisted number ${phoneNumber} a progress of 50 is reported.`,
      'Refuse the number before that.',
      [{ calls: ['updateProgress'] }],
    );
  }
  if (told.includes('0')) return;
  if (!isWritten(task.source, '$.updateProgress(0)')) failWithoutProgress(id, '0', told);
  wrong(
    `The job of the blacklisted number ${phoneNumber} fails before a progress of 0 is reported.`,
    'Await job.updateProgress(0) above the line that looks whether the number is blacklisted.',
    [{ calls: ['updateProgress'] }],
  );
}

/**
 * The job of a busy number failed twice with the task’s error and was completed at its third attempt.
 * @param told the error's message, as Redis holds it; a worker may keep no job that has ended
 * @throws CheckFailure otherwise
 */
export function expectBusy(
  task: Task,
  history: readonly QueueEvent[],
  { id, phoneNumber }: NotificationJob,
  told: string | undefined,
): void {
  const own = history.filter((one) => one.id === id);
  const tries = own.filter(({ event }) => event === 'active').length;
  const failed = own.find(({ event }) => event === 'failed');
  const wanted = `Phone number ${phoneNumber} is busy`;
  const failedReason = failed?.fields.failedReason ?? told ?? wanted;
  const wrong = (message: string, next: string): never =>
    fail({
      class: 'wrong-data',
      message,
      next,
      at: [
        { code: '$.attemptsMade' },
        { code: '$.attemptsStarted' },
        { throws: wanted },
        { code: 'new Worker($$$)' },
      ],
      expected: 'active\ndelayed\nactive\ndelayed\nactive\ncompleted',
      seen: own.map(eventText).join('\n'),
    });
  if (failed && failedReason !== wanted) failWithJob(task, id, failedReason);
  if (failed) {
    wrong(
      tries < 3
        ? `The job of the busy number ${phoneNumber} fails for good at attempt ${tries}.`
        : `The job of the busy number ${phoneNumber} fails at its third attempt too.`,
      tries < 3
        ? 'Throw an ordinary Error for a busy number: BullMQ tries the job again.'
        : 'Throw only as long as job.attemptsMade is below 2: it counts the attempts that have ended.',
    );
  }
  if (!own.some(({ event }) => event === 'completed')) {
    wrong(
      `The job of the busy number ${phoneNumber} never comes to its end.`,
      'Let each attempt end: return, or throw an Error.',
    );
  }
  if (tries !== 3) {
    wrong(
      `The job of the busy number ${phoneNumber} is completed at attempt ${tries}; the line is busy at the first two.`,
      tries === 1
        ? 'Throw an Error if the number begins with 555 and job.attemptsMade is below 2.'
        : 'Compare job.attemptsMade with 2: it is 0 at the first attempt.',
    );
  }
  if (failedReason !== wanted) {
    fail({
      class: 'wrong-data',
      message: `The attempts for the busy number ${phoneNumber} fail with ${quote(failedReason)}; the task asks for ${quote(wanted)}.`,
      next: 'Give the error the text of the task, with the number in it.',
      at: [{ throws: failedReason }, { code: 'new Error($$$)' }],
      compared: [wanted, failedReason],
      expected: wanted,
      seen: failedReason,
    });
  }
  expectProgress(history, id);
}

/**
 * Its first two attempts have failed, and it was not only put off.
 * @param job the job of a busy number that is completed; a worker may keep none
 * @throws CheckFailure otherwise
 */
export function expectFailedTwice(job: Job | undefined): void {
  if (!job || job.attempts >= 3) return;
  fail({
    class: 'wrong-data',
    message: `The job ${job.id} of the busy number is put off, and no attempt of it fails: BullMQ counts ${job.attempts === 1 ? 'one attempt' : `${job.attempts} attempts`}.`,
    next: 'Throw an Error with the task’s message at the first two attempts: BullMQ waits and tries again by itself.',
    at: [{ calls: ['moveToDelayed', 'moveToWait'] }, { names: ['DelayedError'] }],
    expected: '3 attempts',
    seen: `${job.attempts} of them`,
  });
}

/**
 * The job of a number that is neither blacklisted nor busy was done at its first attempt.
 * @param told as for {@link expectBusy}
 * @throws CheckFailure otherwise
 */
export function expectOneTry(
  history: readonly QueueEvent[],
  { id, phoneNumber }: NotificationJob,
  told: string | undefined,
): void {
  const own = history.filter((one) => one.id === id);
  const tries = own.filter(({ event }) => event === 'active').length;
  if (tries < 2) return;
  const isTakenForBusy = told === undefined || told.endsWith('is busy');
  fail({
    class: 'wrong-data',
    message: `The number ${phoneNumber} does not begin with 555, and its job is tried ${tries} times${told === undefined ? '' : `: an attempt fails with ${quote(told)}`}.`,
    next: isTakenForBusy
      ? "Take a number for busy only if its first three digits are 555: phoneNumber.startsWith('555')."
      : 'Look for what throws that error: such a job is done at its first attempt.',
    at: [
      { code: "$.includes('555')" },
      ...(isTakenForBusy ? [{ code: '$.startsWith($)' }] : []),
      ...(told === undefined ? [] : [{ throws: told }]),
      { code: 'new Worker($$$)' },
    ],
    expected: 'active\ncompleted',
    seen: own.map(eventText).join('\n'),
  });
}

/**
 * A progress of 50 is reported before the notification is sent. What a program prints may arrive before what
 * it has sent Redis, so the file is looked at.
 * @throws CheckFailure where each call of sendNotification stands above the report, in the function that holds both
 */
export function expectReportBeforeSending({ source }: Task): void {
  const sendings = ['sendNotification($$$)', '$.sendNotification($$$)'].flatMap((code) =>
    matching(source, code),
  );
  const reports = matching(source, '$.updateProgress(50)');
  const isLate = (report: ts.Node) =>
    sendings.every((sending) => {
      const holder = functionAround(sending);
      return holder !== undefined && isWithin(report, holder) && sending.end <= report.pos;
    });
  const [report] = reports;
  if (!report || sendings.length === 0 || !reports.every(isLate)) return;
  fail({
    class: 'requirement-not-met',
    message: 'The notification is sent before the progress of 50 is reported.',
    next: 'Move the report of 50 above the call of sendNotification().',
    line: source.lineOf(report),
  });
}

/**
 * A job that is completed has reported 0 first, and 50 after it.
 * @throws CheckFailure otherwise
 */
export function expectProgress(history: readonly QueueEvent[], id: string): void {
  const told = progressOf(history, id);
  for (const percent of ['0', '50']) {
    if (!told.includes(percent)) failWithoutProgress(id, percent, told);
  }
  if (told.indexOf('0') < told.lastIndexOf('50')) return;
  fail({
    class: 'wrong-data',
    message: `The job ${id} reports 50 before 0.`,
    next: 'Report 0 first.',
    at: { calls: ['updateProgress'] },
    expected: '0\n50',
    seen: told.join('\n'),
  });
}

function failWithoutProgress(id: string, percent: string, told: readonly string[]): never {
  fail({
    class: 'wrong-data',
    message: `The job ${id} never reports a progress of ${percent}.`,
    next:
      told.length === 0
        ? `Write await job.updateProgress(${percent}).`
        : `Report ${percent} as a number, with job.updateProgress(), at its place.`,
    at: [{ calls: ['updateProgress'] }, { code: 'new Worker($$$)' }],
    expected: '0\n50',
    seen: told.join('\n'),
  });
}

function eventText({ event, fields }: QueueEvent): string {
  return [event, fields.data ?? fields.failedReason].filter(Boolean).join(' ');
}
