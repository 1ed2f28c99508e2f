import { isBuiltin } from 'node:module';
import { fail, quote } from '../../grading/finding';
import type { Task } from '../../grading/task';

/**
 * The file does not set its queue up with another library.
 * @throws CheckFailure where it imports a package that the course does not have, and nothing of kue
 */
export function expectKue({ source, course }: Task): void {
  const isMeant = ['kue', 'createQueue'].some((name) => source.mentions(name));
  if (isMeant || source.uses('kue')) return;
  const known = [...course.packages.map(({ name }) => name), ...course.tools];
  const other = source
    .modules()
    .find((name) => !name.startsWith('.') && !isBuiltin(name) && !known.includes(name));
  if (other === undefined) return;
  fail({
    class: 'requirement-not-met',
    message: `The task asks for kue, and the file never imports it: it imports ${quote(other)}.`,
    next: 'Import kue, make the queue with kue.createQueue(), and leave the other library out.',
    at: { text: other },
  });
}
