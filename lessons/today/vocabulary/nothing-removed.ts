import { commandText, fail, type ProgramRun, quote } from '#grading';

/** Commands that take keys away, or all of them. */
const removals = ['DEL', 'UNLINK', 'GETDEL', 'FLUSHDB', 'FLUSHALL'];

/** The client's methods that send them. */
const methods = [...removals, 'del', 'unlink', 'getDel', 'flushDb', 'flushAll'];

/**
 * The program leaves in Redis what is there before it.
 * @param keys those of the task
 * @throws CheckFailure at the first command that takes one of them away
 */
export function expectNothingRemoved(program: ProgramRun, keys: readonly string[]): void {
  const removal = program
    .commands(...removals)
    .find(
      ([name = '', ...words]) =>
        name.startsWith('FLUSH') || words.some((one) => keys.includes(one)),
    );
  if (!removal) return;
  fail({
    class: 'wrong-command',
    message: `The program sends ${quote(commandText(removal))}, which takes away what is in Redis already.`,
    next: 'Take that call out: a second run is to find what the first has left.',
    at: [{ sends: removal }, { calls: methods }],
    seen: program.commands().map(commandText).join('\n'),
  });
}
