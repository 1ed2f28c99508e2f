import { fail, listenersIn, type ProgramRun, quote, type Task } from '#grading';
import { expectNoConnectedLine } from '../../vocabulary/connected-line';

const prefix = 'Redis client not connected to the server: ';
const strategy = 'reconnectStrategy';

/** It may try so often in all: once, and ten times more. */
const most = 11;

/**
 * The client is given a reconnect strategy where it looks for one: without, it tries for ever.
 * @throws CheckFailure otherwise
 */
export function expectStrategy({ source }: Task): void {
  const next = 'Give createClient an object { socket: { reconnectStrategy: … } }.';
  if (source.mentions('retry_strategy')) {
    fail({
      class: 'requirement-not-met',
      message: '“retry_strategy” is an option of redis 3: the client of redis 6 passes over it.',
      next,
      at: { names: ['retry_strategy'] },
    });
  }
  if (!source.mentions(strategy)) {
    fail({
      class: 'requirement-not-met',
      message: 'The client has no reconnect strategy: if Redis is down, it tries for ever.',
      next,
      at: { calls: ['createClient'] },
    });
  }
  if (!source.mentions('socket')) {
    fail({
      class: 'requirement-not-met',
      message:
        'The reconnect strategy stands beside “socket”, where the client does not look for it.',
      next: 'Put it into the option socket: { socket: { reconnectStrategy: … } }.',
      at: { names: [strategy] },
    });
  }
}

/**
 * With Redis down it tries again, gives up, and ends with another exit code than 0.
 * @param refused started with Redis down
 * @throws CheckFailure otherwise
 */
export async function expectGivenUp(task: Task, refused: ProgramRun): Promise<void> {
  const { program } = refused;
  await refused.waitUntil(() => program.attempts > most);
  const seen = refused.outputLines.join('\n');
  expectNoConnectedLine(refused);
  if (!listensForErrors(task)) {
    fail({
      class: 'redis-unreachable',
      message:
        'With Redis down the program ends at the first refusal: nothing listens for “error”.',
      next: "Add a listener before you connect: client.on('error', …).",
      at: { calls: ['createClient'] },
      seen,
    });
  }
  if (program.attempts > most) {
    fail({
      class: 'did-not-exit',
      message: `With Redis down the client has tried ${most} times and goes on: its strategy does not give up in time.`,
      next: 'Let the reconnect strategy return false after a few retries; it gets their number.',
      at: { names: [strategy] },
      seen,
    });
  }
  if (!program.exit) {
    fail({
      class: 'did-not-exit',
      message: 'With Redis down the program does not end when the client has given up.',
      next: 'Leave nothing open behind the rejection of connect(): no timer, and no other client.',
      at: { calls: ['connect'] },
      seen,
    });
  }
  if (program.attempts < 2) {
    fail({
      class: 'requirement-not-met',
      message: 'With Redis down the client gives up at the first refusal.',
      next: 'Let the reconnect strategy return a number of milliseconds for the first retries.',
      at: { names: [strategy] },
      seen,
    });
  }
  if (program.exit.code === 0) {
    fail({
      class: 'requirement-not-met',
      message: 'With Redis down the program ends with exit code 0, as if all were well.',
      next: 'Set process.exitCode = 1 where the rejection of connect() is caught.',
      at: [{ calls: ['catch'] }, { calls: ['connect'] }],
      expected: 'an exit code other than 0',
      seen: 'exit code 0',
    });
  }
  if (program.errors.length > 0) {
    task.advise(
      'With Redis down the program ends by a rejection that nobody catches, with a stack. Catch it, and set process.exitCode = 1.',
    );
  }
}

/**
 * Each refusal is told, with the error's message or its code. The last one of a client that gives up
 * reaches nothing but the rejection of connect().
 * @throws CheckFailure otherwise
 */
export function expectReportedRefusals({ source }: Task, { lines, program }: ProgramRun): void {
  const sides = {
    expected: `${prefix}connect ECONNREFUSED 127.0.0.1:6379`,
    seen: lines.join('\n'),
  };
  const told = lines.filter((line) => line.startsWith(prefix) && line.includes('ECONNREFUSED'));
  if (told.length >= program.attempts - 1) return;
  const once = listenersIn(source).find(({ event }) => event === 'error');
  if (told.length > 0) {
    fail({
      class: 'wrong-output',
      message: `The client was refused ${program.attempts} times, and the program tells of ${told.length}.`,
      next: "Log each refusal: client.on('error', …) hears all, once() hears one.",
      ...(once ? { line: once.line } : {}),
      ...sides,
    });
  }
  const near = lines.find((line) => /not connected|ECONNREFUSED/i.test(line));
  fail({
    class: 'wrong-output',
    message:
      near === undefined
        ? 'With Redis down the program does not say that it is not connected.'
        : near.startsWith(prefix.trimEnd())
          ? `The line ends without the error’s message: the program prints ${quote(near)}.`
          : `With Redis down the line should begin with ${quote(prefix)}, but the program prints ${quote(near)}.`,
    next: 'Log in the listener for “error” that text with error.message || error.code behind it.',
    ...(near === undefined ? (once ? { line: once.line } : {}) : { at: { prints: near } }),
    ...sides,
  });
}

function listensForErrors({ source }: Task): boolean {
  return listenersIn(source).some(({ event }) => event === 'error');
}
