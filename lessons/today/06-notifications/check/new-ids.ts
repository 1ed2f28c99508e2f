import { fail, isObject, quote } from '#grading';
import type { Job } from '#vocabulary/bullmq/queue';

/**
 * A later run adds jobs of its own: an id that is made of the number is that of a job which failed before.
 * @throws CheckFailure otherwise
 */
export function expectNewIds(jobs: readonly Job[]): void {
  for (const { id, data } of jobs) {
    const number = isObject(data) ? String(data.phoneNumber) : '';
    if (!id.includes(number)) continue;
    fail({
      class: 'wrong-data',
      message: `The job’s id, ${quote(id)}, is made of its number: a second run adds no job for a number whose job failed in the first, and is kept.`,
      next: 'Leave jobId out of the options: the queue counts the ids by itself.',
      at: [{ names: ['jobId'] }, { calls: ['add', 'addBulk'] }],
    });
  }
}
