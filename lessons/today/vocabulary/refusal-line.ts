import { fail, listenersIn, type ProgramRun, quote, type Source, type Task } from '#grading';
import { expectNoConnectedLine } from './connected-line';

/** Behind it stands the error's message. */
export const refusalPrefix = 'Redis client not connected to the server: ';

/** So many attempts are enough to hear of one: two clients may try at once, and the last attempt is told to nobody. */
const attempts = 4;

/**
 * With Redis down the program says so by that line, with the error's message or its code, and not
 * that it is connected.
 * @param refused started with Redis down
 * @throws CheckFailure otherwise
 */
export async function expectRefusalLine(task: Task, refused: ProgramRun): Promise<void> {
  const { program } = refused;
  const isTold = () => refused.lines.some(isRefusal);
  await refused.waitUntil(() => isTold() || program.attempts >= attempts, { timers: 0 });
  expectNoConnectedLine(refused);
  await refused.stop();
  if (isTold()) return;
  expectErrorListener(task, refused);
  failUntold(task.source, refused);
}

/** @returns how often the program has said that it was refused */
export function countRefusals({ lines }: ProgramRun): number {
  return lines.filter(isRefusal).length;
}

/** @throws CheckFailure where nothing hears of a client's errors */
export function expectErrorListener({ source }: Task, refused: ProgramRun): void {
  // Of a listener in another file no line can be shown: what is told of the refusals decides.
  if (errorListener(source) || countRefusals(refused) > 0) return;
  fail({
    class: 'redis-unreachable',
    message: 'With Redis down the program ends at the first refusal: nothing listens for “error”.',
    next: "Add a listener before you connect: client.on('error', …).",
    at: { calls: ['createClient'] },
    seen: refused.outputLines.join('\n'),
  });
}

/**
 * A refusal is told too seldom, in other words, or not at all.
 * @throws CheckFailure always
 */
export function failUntold(source: Source, refused: ProgramRun): never {
  const { lines, program } = refused;
  const sides = {
    expected: `${refusalPrefix}connect ECONNREFUSED 127.0.0.1:6379`,
    seen: lines.join('\n'),
  };
  const listener = errorListener(source);
  const told = countRefusals(refused);
  if (told > 0) {
    fail({
      class: 'wrong-output',
      message: `The client was refused ${program.attempts} times, and the program tells of ${told}.`,
      next: "Log each refusal: client.on('error', …) hears all, once() hears one.",
      ...(listener ? { line: listener.line } : {}),
      ...sides,
    });
  }
  if (program.output.some(({ stream, text }) => stream === 'stderr' && isRefusal(text))) {
    fail({
      class: 'wrong-output',
      message: 'With Redis down the line goes to standard error; the task asks for console.log.',
      next: 'Write console.log in place of what prints it.',
      at: { code: 'console.error($$$)' },
      ...sides,
      seen: refused.outputLines.join('\n'),
    });
  }
  const near = lines.find((line) => /not connected|ECONNREFUSED/i.test(line));
  fail({
    class: 'wrong-output',
    message:
      near === undefined
        ? 'With Redis down the program does not say that it is not connected.'
        : near.startsWith(refusalPrefix.trimEnd())
          ? `The line ends without the error’s message: the program prints ${quote(near)}.`
          : `With Redis down the line should begin with ${quote(refusalPrefix)}, but the program prints ${quote(near)}.`,
    next: 'Log in the listener for “error” that text with error.message || error.code behind it.',
    ...(near === undefined ? (listener ? { line: listener.line } : {}) : { at: { prints: near } }),
    ...sides,
  });
}

function isRefusal(line: string): boolean {
  return line.startsWith(refusalPrefix) && line.includes('ECONNREFUSED');
}

function errorListener(source: Source) {
  return listenersIn(source).find(({ event }) => event === 'error');
}
