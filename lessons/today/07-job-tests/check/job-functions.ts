import { fail, nearest, quote, type Task } from '#grading';
import { expectRightUse, misuseBehind } from '#vocabulary/bullmq/misuse';
import { type JobReport, jobReport, type Outcome } from './job-probe-protocol';

/** What the task calls its functions. */
export const creates = 'createPushNotificationsJobs';
export const asks = 'mayNotify';

/**
 * Calls both functions of the module.
 * @returns what came of it
 * @throws CheckFailure if one is not exported, or never comes to its end
 */
export async function expectCallable(task: Task): Promise<JobReport> {
  const running = await task.start(require.resolve('./job-probe-program'), {
    name: task.name,
    folder: task.folder,
    args: [task.file],
    drives: true,
    loads: [task.file, 'bullmq', 'ioredis'],
  });
  await running.waitUntil(() => running.program.exit !== undefined, { timers: 0 });
  if (!running.program.exit) {
    fail({
      class: 'time-out',
      message: 'A function of the file never comes to its end: its promise stays pending.',
      next: 'Await what queue and redis give, or return it, and make no promise of your own that nothing settles.',
      at: [{ code: 'new Promise($$$)' }, { calls: ['waitUntilFinished'] }],
    });
  }
  expectRightUse(task, running);
  const report = running.told(jobReport);
  if (!report) {
    fail({
      class: 'crash',
      message: 'The program ends before the functions can be called.',
      next: 'Take out process.exit(): the module only declares and exports the functions.',
      at: { calls: ['exit'] },
    });
  }
  for (const name of [creates, asks]) expectExported(task, report, name);
  return report;
}

function expectExported({ source }: Task, report: JobReport, name: string): void {
  const { [name]: type, ...rest } = report.exported;
  if (type === 'function') return;
  if (report.underDefault.includes(name)) {
    fail({
      class: 'missing-export',
      message: `${name} is exported inside of an object, as the default; by its name the file exports nothing.`,
      next: `Write export in front of the function, or export { ${creates}, ${asks} }.`,
      at: { code: 'export default $' },
    });
  }
  const names = Object.keys(rest).filter((one) => one !== 'default' && one !== '__esModule');
  const other = nearest(name, names);
  const isDefault = rest.default === 'function' && !names.includes(name);
  const said = other
    ? `The file exports ${quote(other)}; the task calls it ${name}.`
    : isDefault && source.has(name)
      ? `The file exports a function as its default, and none with the name ${name}.`
      : source.has(name)
        ? `The file has ${name} and does not export it.`
        : `The file exports no function ${name}.`;
  fail({
    class: 'missing-export',
    message: said,
    next: other
      ? `Give it the task’s name, to the letter: ${name}.`
      : `Write export in front of it: export async function ${name}(…).`,
    at: { names: [other ?? name, name] },
  });
}

/**
 * What is no array is refused by a promise that is rejected with the task's error.
 * @throws CheckFailure otherwise
 */
export function expectRefusals({ source }: Task, { refusals }: JobReport, text: string): void {
  for (const { input, outcome } of refusals) {
    const call = `${creates}(${input}, queue)`;
    const wrong = (message: string, next: string): never =>
      fail({
        class: 'wrong-output',
        message: `${call} ${message}`,
        next,
        expected: `rejected with Error: ${text}`,
        seen: seenOf(outcome),
        line: source.lineOfText('array'),
        at: [{ text: 'isArray' }, { names: [creates] }],
      });
    const first = `Begin the function with if (!Array.isArray(jobs)) throw new Error('${text}').`;
    if (outcome.ended === 'threw') {
      wrong(
        outcome.message === text
          ? 'throws at once; its promise is to be rejected.'
          : `throws ${quote(outcome.message)} at once; its promise is to be rejected with ${quote(text)}.`,
        `Make the function async: what it throws rejects its promise then. ${first}`,
      );
    }
    if ('value' in outcome) {
      wrong(
        outcome.value === 'an Error'
          ? 'gives an Error; its promise is to be rejected with it.'
          : 'is not refused.',
        outcome.value === 'an Error' ? 'Write throw in place of return.' : first,
      );
      continue;
    }
    if (!outcome.isError) {
      wrong(
        `is refused with ${quote(outcome.message)}, which is no Error object.`,
        `Throw an object: throw new Error('${text}').`,
      );
    }
    if (outcome.message !== text) {
      wrong(
        `is refused with ${quote(outcome.message)} where ${quote(text)} is asked for.`,
        /^(?:Type|Reference)Error: /.test(outcome.raw)
          ? first
          : `Write the text to the letter: ${quote(text)}.`,
      );
    }
  }
}

/**
 * Arrays are taken, by one addBulk of the queue that is handed in, and the jobs are what the
 * function gives.
 * @throws CheckFailure otherwise
 */
export function expectAddedInBulk(task: Task, report: JobReport, count: number): void {
  expectTaken(task, report.none, '[]');
  expectTaken(task, report.many, `an array of ${count}`);
  const { bulk, single } = report;
  if (single > 0) {
    fail({
      class: 'requirement-not-met',
      message: `${creates} adds its jobs one by one, ${single} times; the task asks for all of them at once.`,
      next: 'Call queue.addBulk() once, with an array of { name, data }.',
      at: { calls: ['add'] },
    });
  }
  if (bulk > 1) {
    fail({
      class: 'requirement-not-met',
      message: `${creates} calls addBulk ${bulk} times for one array; the task asks for one call.`,
      next: 'Make one array of { name, data } of all jobs, and call addBulk once, behind the loop.',
      at: { calls: ['addBulk'] },
    });
  }
}

function expectTaken({ source }: Task, outcome: Outcome | null, input: string): void {
  if (!outcome || !('message' in outcome)) return;
  const { message, raw } = outcome;
  const misuse = misuseBehind(source, message);
  if (misuse) fail({ class: 'wrong-output', ...misuse, seen: raw });
  if (/^ERR /.test(message)) {
    fail({
      class: 'wrong-output',
      message: `Redis refuses the jobs of ${creates}: the entries of addBulk have no name.`,
      next: "Hand addBulk one entry for each object: { name: 'push_notification', data }, with the object as the data.",
      seen: raw,
      at: { calls: ['addBulk'] },
    });
  }
  fail({
    class: 'wrong-output',
    message: `${creates}(${input}, queue) is refused: ${message}.`,
    next:
      input === '[]'
        ? 'Refuse only what Array.isArray(jobs) says no to: an empty array is one as well.'
        : 'Read the error: it says what a job of addBulk must not be.',
    seen: raw,
    at: [{ throws: message }, { calls: ['addBulk', 'add'] }],
  });
}

/** @throws CheckFailure if the function does not resolve with the jobs that have these ids */
export function expectJobsGiven({ many }: JobReport, ids: readonly string[]): void {
  if (!many || 'message' in many) return;
  const given = many.ended === 'resolved' ? (many.ids ?? []) : [];
  if (many.ended === 'resolved' && given.join() === ids.join()) return;
  fail({
    class: 'wrong-output',
    message: `${creates} ${many.ended === 'resolved' ? 'resolves with' : 'is no promise: it gives'} ${many.value}${given.length === ids.length ? ', which are not the jobs' : ''}; the task asks for the ${ids.length} jobs that were added.`,
    next: 'Return what queue.addBulk() gives, from an async function: return queue.addBulk(…).',
    expected: `an array of ${ids.length} jobs`,
    seen: many.value,
    at: [{ calls: ['addBulk'] }, { names: [creates] }],
  });
}

function seenOf(outcome: Outcome): string {
  if (outcome.ended === 'rejected') return `rejected with ${outcome.raw}`;
  if ('raw' in outcome) return `throws ${outcome.raw}`;
  return `${outcome.ended === 'resolved' ? 'resolved with' : 'returns'} ${outcome.value}`;
}
