import { fail, quote, type Task } from '#grading';
import { type Job, jobsIn, queuesIn } from '#vocabulary/bullmq/queue';
import { expectEach, expectNothingElse } from '../../vocabulary/notifications/data';
import { creates } from './job-functions';
import type { JobReport } from './job-probe-protocol';
import { probedJobs, probedQueue } from './probed';

const jobName = 'push_notification';

/**
 * The queue holds one job for each object, with the task's name and the object as its data.
 * @returns their ids, in the order in which they were added
 */
export async function expectStored(task: Task, report: JobReport): Promise<string[]> {
  const jobs = await jobsIn(task.redis, probedQueue);
  if (jobs.length === 0) await failWithoutJobs(task, report);
  if (jobs.length > probedJobs.length) {
    fail({
      class: 'wrong-data',
      message: `The queue holds ${jobs.length} jobs where the array has ${probedJobs.length} objects.`,
      next: 'Add one job for each object of the array, and none for an empty one.',
      at: { calls: ['addBulk', 'add'] },
    });
  }
  expectEach(
    jobs,
    probedJobs,
    'Let the data of each entry for addBulk be the object of the array whose turn it is.',
  );
  expectNothingElse(jobs);
  expectNames(jobs);
  return jobs.map(({ id }) => id);
}

function expectNames(jobs: readonly Job[]): void {
  const other = jobs.find(({ name }) => name !== jobName);
  if (!other) return;
  const { name } = other;
  fail({
    class: 'wrong-data',
    message: `The job ${other.id} has the name ${quote(name)}; the task’s is ${quote(jobName)}.`,
    next: `Give each job of addBulk name: '${jobName}', beside its data.`,
    at: [{ text: name }, { names: ['name'] }, { calls: ['addBulk', 'add'] }],
    expected: jobName,
    seen: name,
    compared: [jobName, name],
  });
}

async function failWithoutJobs(task: Task, { bulk, single }: JobReport): Promise<never> {
  const [other] = (await queuesIn(task.redis)).filter((name) => name !== probedQueue);
  if (other !== undefined) {
    fail({
      class: 'requirement-not-met',
      message: `${creates} puts its jobs into the queue ${quote(other)}, and not into the one that it is given.`,
      next: 'Call addBulk() on the second argument: whoever calls the function decides on the queue.',
      at: [{ code: 'new Queue($$$)' }, { calls: ['addBulk', 'add'] }],
    });
  }
  return fail({
    class: 'wrong-data',
    message:
      bulk + single > 0
        ? `${creates} adds an array of ${probedJobs.length}, and the queue holds no job afterwards.`
        : `${creates} adds nothing to the queue that it is given.`,
    next:
      bulk + single > 0
        ? 'Hand addBulk one entry { name, data } for each object, and leave the jobs in the queue.'
        : 'Call await queue.addBulk(…) with one entry { name, data } for each object.',
    at: [{ calls: ['addBulk', 'add', 'remove', 'obliterate', 'drain'] }, { names: [creates] }],
  });
}
