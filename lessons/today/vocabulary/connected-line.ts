import { fail, type ProgramRun, quote } from '#grading';

/** What every program of the course's first lessons prints when its client may be used. */
export const connectedLine = 'Redis client connected to the server';

/** A line that comes too early stands there before the second attempt. */
const attempts = 2;

/**
 * With Redis down that line is not printed.
 * @param refused started with Redis down
 * @throws CheckFailure where it is
 */
export async function expectUnconnected(refused: ProgramRun): Promise<void> {
  const { program } = refused;
  await refused.waitUntil(() => program.attempts >= attempts, { timers: 0 });
  expectNoConnectedLine(refused);
  await refused.stop();
}

/** @throws CheckFailure where a program that found no Redis says that it is connected */
export function expectNoConnectedLine({ outputLines }: ProgramRun): void {
  if (!outputLines.includes(connectedLine)) return;
  fail({
    class: 'wrong-output',
    message: `With Redis down the program still prints ${quote(connectedLine)}.`,
    next: {
      says: 'Wait until the client is connected before that line: await client.connect().',
      unless: 'await $.connect()',
      otherwise: 'Print that line only behind await client.connect(), which throws if it fails.',
    },
    at: { prints: connectedLine },
    expected: 'Redis client not connected to the server: …',
    seen: outputLines.join('\n'),
  });
}
