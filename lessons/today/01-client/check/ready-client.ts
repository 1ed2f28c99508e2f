import { fail, isSaidIn, listenersIn, type Task } from '#grading';
import { connectedLine } from '../../vocabulary/connected-line';

/**
 * The client may be used when the program says that it is connected: here Redis is ready as soon as
 * it is connected, and what is printed looks the same.
 * @throws CheckFailure where a listener for “connect” says so
 */
export function expectReadyClient({ source }: Task): void {
  const early = listenersIn(source).find(
    ({ event, heard }) =>
      event === 'connect' && heard !== undefined && isSaidIn(source, heard, connectedLine),
  );
  if (!early) return;
  fail({
    class: 'requirement-not-met',
    message:
      'The line is printed at the event “connect”, which comes before the client may be used.',
    next: 'Print it behind await client.connect(), or at the event “ready”.',
    line: early.line,
  });
}
