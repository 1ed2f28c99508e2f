import { fail, isSaidIn, listenersIn, type Task } from '#grading';
import { connectedLine } from '../../vocabulary/connected-line';

/*
 * What is printed looks the same here, whether the program knows it or not: Redis always answers PING
 * alike, and is ready as soon as it is connected.
 */

/**
 * The line of the reply is made of what came.
 * @throws CheckFailure where it stands in the file as a whole
 */
export function expectReplyOfRedis({ source }: Task, line: string): void {
  const at = source.lineOfText(line);
  if (at === undefined) return;
  fail({
    class: 'requirement-not-met',
    message: 'The reply of PING is not printed: the file has the whole line as a text of its own.',
    next: 'Keep what comes, const reply = await client.ping(), and print it behind “Reply: ”.',
    line: at,
  });
}

/**
 * The client may be used when the program says that it is connected.
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
