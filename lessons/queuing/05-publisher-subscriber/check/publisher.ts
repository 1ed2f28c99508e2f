import { fail, type ProgramRun } from '#grading';

/** The finding about a client that is closed while messages are still to be sent. */
export const closedEarly = {
  message: 'The client is closed before all four messages are sent.',
  next: 'Quit only after the last message, or leave the client open.',
  at: { calls: ['quit', 'end'] },
};

/**
 * The client is not closed while messages are still to be sent.
 * @throws CheckFailure where it is
 */
export function expectOpenUntilLast(publisher: ProgramRun, messages: string[]): void {
  const sent = publisher.commands('PUBLISH').map(([, , message]) => message);
  const left = messages.filter((message) => !sent.includes(message));
  if (left.length === 0 || sent.length + left.length > messages.length) return;
  if (publisher.commands('QUIT').length === 0) return;
  fail({
    class: 'wrong-output',
    ...closedEarly,
    seen: publisher.commandLines('PUBLISH', 'QUIT'),
  });
}
