import { fail, quote, type Task } from '#grading';
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
      next: 'Create and save a job only inside the loop over jobs.',
      at: { calls: ['save'] },
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
