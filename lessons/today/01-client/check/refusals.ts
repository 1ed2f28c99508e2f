import { fail, type ProgramRun, type Task } from '#grading';
import { expectNoConnectedLine } from '../../vocabulary/connected-line';
import { countRefusals, expectErrorListener, failUntold } from '../../vocabulary/refusal-line';

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
  expectErrorListener(task, refused);
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
export function expectReportedRefusals({ source }: Task, refused: ProgramRun): void {
  if (countRefusals(refused) < refused.program.attempts - 1) failUntold(source, refused);
}
