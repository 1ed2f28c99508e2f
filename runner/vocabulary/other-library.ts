import { isBuiltin } from 'node:module';
import { fail, quote } from '../grading/finding';
import type { Task } from '../grading/task';

/**
 * The file imports no package in the place of the library that the task asks for.
 * @param library as it is called in a sentence
 * @param next what to write instead
 * @throws CheckFailure where it imports one that the course does not have
 */
export function expectNoOtherLibrary(
  { source, course }: Task,
  library: string,
  next: string,
): void {
  const known = [...course.packages.map(({ name }) => name), ...course.tools];
  const other = source
    .modules()
    .find((name) => !name.startsWith('.') && !isBuiltin(name) && !known.includes(name));
  if (other === undefined) return;
  fail({
    class: 'requirement-not-met',
    message: `The task asks for ${library}, and the file never imports it: it imports ${quote(other)}.`,
    next,
    at: { text: other },
  });
}
