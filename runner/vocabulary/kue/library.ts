import type { Task } from '../../grading/task';
import { expectNoOtherLibrary } from '../other-library';

/**
 * The file does not set its queue up with another library.
 * @throws CheckFailure where it imports a package that the course does not have, and nothing of kue
 */
export function expectKue(task: Task): void {
  const { source } = task;
  const isMeant = ['kue', 'createQueue'].some((name) => source.mentions(name));
  if (isMeant || source.uses('kue')) return;
  expectNoOtherLibrary(
    task,
    'kue',
    'Import kue, make the queue with kue.createQueue(), and leave the other library out.',
  );
}
