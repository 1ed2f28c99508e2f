import { fail, matching, quote, type Task, ts } from '#grading';
import type { ModuleReport } from './module-probe-protocol';

/** What task 10 calls its function. */
const asked = 'createPushNotificationsJobs';

/**
 * The function works with what it is given, and with that alone: no job for an array of none, and
 * the queue that is its argument.
 * @throws CheckFailure otherwise
 */
export function expectQueueInUse(task: Task, { acceptances }: ModuleReport): void {
  const none = acceptances.find(({ jobs, saved }) => jobs === 0 && saved > 0);
  if (none) {
    fail({
      class: 'wrong-data',
      message: `${asked}(${none.input}, queue) saves a job: there is none in an empty array.`,
      next: 'Let the loop go over jobs as it is given: over an empty array it makes no round.',
      at: [{ code: 'for (const $ of $) $' }, { calls: ['forEach', 'map', 'save'] }],
    });
  }
  if (acceptances.some((one) => one.saved > 0 && !one.asked)) {
    fail({
      class: 'requirement-not-met',
      message: `${asked} makes its jobs without the queue that it is given as its second argument.`,
      next: 'Call create() on that argument: whoever calls the function decides on the queue.',
      at: { calls: ['create', 'createJob'] },
    });
  }
  const changed = acceptances.find(({ jobs, left }) => left !== jobs);
  if (!changed) return;
  task.advise(
    `${asked} changes the array that it is given: of ${changed.jobs === 1 ? 'one job' : `${changed.jobs} jobs`} its caller finds ${changed.left} afterwards. Going over it with for … of or forEach leaves it as it is.`,
  );
}

/**
 * The file leaves the call of its function to others: an import of it would make jobs.
 * @throws CheckFailure where it calls it itself
 */
export function expectNoCall({ source }: Task): void {
  const [call] = matching(source, `${asked}($$$)`).filter(
    (node) => ts.isExpressionStatement(node.parent) && ts.isSourceFile(node.parent.parent),
  );
  if (!call) return;
  const line = source.lineOf(call);
  fail({
    class: 'wrong-data',
    message: `Line ${line} calls ${asked} when the file is imported, and that makes jobs.`,
    next: 'Take the call out, and what it needs: the program that imports the function calls it.',
    line,
  });
}

/**
 * The function has the task's name, as far as the file gives it one.
 * @throws CheckFailure where it has another
 */
export function expectName(task: Task, { name }: ModuleReport): void {
  if (name === asked || task.source.has(asked)) return;
  const own = name.replace(/^bound /, '');
  if (task.source.has(own) && !task.source.mentions(asked)) {
    fail({
      class: 'requirement-not-met',
      message: `The function is called ${own}; the task calls it ${quote(asked)}.`,
      next: `Give it the task’s name, to the letter: ${asked}.`,
      at: { names: [own] },
    });
  }
  if (own !== '' && task.source.mentions(asked)) return;
  task.advise(
    `The exported function has no name in the file; the task calls it ${asked}, and a stack trace would show that.`,
  );
}
