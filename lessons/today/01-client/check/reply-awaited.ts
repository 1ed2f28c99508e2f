import { fail, type ProgramRun, type Task } from '#grading';

const closers = ['destroy', 'disconnect'];

/**
 * The reply has come before the client is torn down.
 * @param line the one that is printed of the reply
 * @throws CheckFailure where destroy() has ended the program before
 */
export function expectReplyAwaited({ source }: Task, run: ProgramRun, line: string): void {
  const isAnswered = run.sent.some(({ words: [name], reply }) => name === 'PING' && reply);
  const isTornDown = closers.some((name) => source.countCalls(name) > 0);
  const isSent = ['ping', 'PING'].some((name) => source.countCalls(name) > 0);
  if (isAnswered || !isTornDown || !isSent || !run.program.exit || run.lines.includes(line)) return;
  fail({
    class: 'wrong-output',
    message:
      'The connection is closed before the reply of PING has come: destroy() waits for none.',
    next: 'Await the reply before that, and call close() in place of destroy().',
    at: { calls: closers },
    expected: line,
    seen: run.outputLines.join('\n'),
  });
}
