import { isBuiltin } from 'node:module';
import { fail, quote } from '../../grading/finding';
import type { Task } from '../../grading/task';

/**
 * The file works with BullMQ.
 * @throws CheckFailure where it imports another library in its place
 */
export function expectBullMQ({ source, course }: Task): void {
  if (source.uses('bullmq')) return;
  const known = [...course.packages.map(({ name }) => name), ...course.tools];
  const other = source
    .modules()
    .find((name) => !name.startsWith('.') && !isBuiltin(name) && !known.includes(name));
  if (other === undefined) return;
  fail({
    class: 'requirement-not-met',
    message: `The task asks for BullMQ, and the file never imports it: it imports ${quote(other)}.`,
    next: "Take what you need from 'bullmq', and leave the other library out.",
    at: { text: other },
  });
}
