import { fail } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import { isWritten } from '../../grading/source/pattern';
import type { Task } from '../../grading/task';

/**
 * The program has closed its clients itself, and not left that to the end of its process.
 * @param run after its end
 * @throws CheckFailure where a connection to Redis was still open
 */
export function expectClosed({ source }: Task, { program }: ProgramRun): void {
  const open = program.exit?.leftOpen ?? 0;
  if (open === 0) return;
  const isLetGo = isWritten(source, '$.unref()') && !isWritten(source, 'process.exit($$$)');
  fail({
    class: 'requirement-not-met',
    message: `${isLetGo ? 'unref() lets the program end' : 'process.exit() ends the program'} with ${open === 1 ? 'a connection' : `${open} connections`} to Redis still open.`,
    next: `Close each client, and let the program end by itself: await client.close() in place of ${isLetGo ? 'unref' : 'process.exit'}().`,
    at: { calls: [isLetGo ? 'unref' : 'exit'] },
  });
}
