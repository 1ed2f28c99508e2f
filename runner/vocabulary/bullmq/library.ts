import type { Task } from '../../grading/task';
import { expectNoOtherLibrary } from '../other-library';

/**
 * The file works with BullMQ.
 * @throws CheckFailure where it imports another library in its place
 */
export function expectBullMQ(task: Task): void {
  if (task.source.uses('bullmq')) return;
  const next = "Take what you need from 'bullmq', and leave the other library out.";
  expectNoOtherLibrary(task, 'BullMQ', next);
}
