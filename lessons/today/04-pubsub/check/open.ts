import { fail, type ProgramRun, type Task } from '#grading';

const closing = ['close', 'destroy', 'quit', 'disconnect'];

/**
 * The client is there until all messages are sent, and so is the program.
 * @param lines what is printed for the messages
 * @throws CheckFailure where one of them is told, and not sent any more
 */
export function expectOpenUntilLast(
  { source }: Task,
  publisher: ProgramRun,
  lines: readonly string[],
): void {
  const { program, outputLines } = publisher;
  const sent = publisher.commands('PUBLISH').length;
  const told = lines.filter((line) => outputLines.includes(line)).length;
  if (told <= sent || sent >= lines.length) return;
  const seen = publisher.commandLines('PUBLISH');
  const isRefused = [...program.errors.map(({ message }) => message), ...outputLines].some((text) =>
    isOfClosed.test(text),
  );
  const hasFailed = program.exit !== undefined && program.exit.code !== 0;
  const hasEnded = program.exit !== undefined && source.countCalls('exit') === 0;
  // Or whatever it waits for is there already, and nobody hears of the others.
  const isCaught = (hasFailed || hasEnded) && program.errors.length === 0 && sent > 0;
  if (isRefused || (isCaught && closing.some((name) => source.countCalls(name) > 0))) {
    fail({
      class: 'wrong-command',
      message: `The client is closed before all ${lines.length} messages are sent.`,
      next: 'Wait for all calls of publishMessage, and close the client then.',
      at: { calls: closing },
      seen,
    });
  }
  if (!program.exit || hasFailed || source.countCalls('exit') === 0) return;
  fail({
    class: 'wrong-command',
    message: 'The program ends before the last message is sent: publish() only hands it over.',
    next: 'Wait for what publish() promises, and close the client then.',
    at: { calls: ['exit'] },
    seen,
  });
}

/** How redis 4 and later refuse a command on such a client. */
const isOfClosed = /The client is closed/;
