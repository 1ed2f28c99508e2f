import { fail, type ProgramRun, type Source, type Task, ts } from '#grading';
import { expectNoConnectedLine } from '../../vocabulary/connected-line';
import { countRefusals, expectErrorListener, failUntold } from '../../vocabulary/refusal-line';

const strategy = 'reconnectStrategy';

/** It may try so often in all: once, and ten times more. */
const most = 11;

/** All within ten seconds; what a busy machine adds to them is not the program's. In milliseconds. */
const longest = 10_000 + 2_000;

/**
 * With Redis down it tries again, gives up in time, and ends with another exit code than 0.
 * @param refused started with Redis down
 * @throws CheckFailure otherwise
 */
export async function expectGivenUp(task: Task, refused: ProgramRun): Promise<void> {
  // Who has none is told at once: to see it would take as long as one may try.
  expectStrategy(task.source);
  const { program } = refused;
  const { journal } = task.sandbox;
  await refused.waitUntil(() => program.attempts > 0);
  const begun = program.output[0]?.at ?? journal.now();
  await refused.waitUntil(() => program.attempts > most, {
    limit: Math.max(0, begun + longest - journal.now()),
  });
  const seen = refused.outputLines.join('\n');
  expectNoConnectedLine(refused);
  expectErrorListener(task, refused);
  const isOften = program.attempts > most;
  if (isOften || isSlow(refused, journal.now())) {
    if (!mentions(task.source, strategy)) failWithoutStrategy();
    fail({
      class: 'did-not-exit',
      message: isOften
        ? `With Redis down the client has tried once and ${most - 1} times again, as often as it may, and goes on.`
        : 'With Redis down the client goes on for more than ten seconds: its strategy waits too long.',
      next: isOften
        ? `Let the reconnect strategy return false if its first argument, which counts the retries from 0, is ${most - 1} or more.`
        : 'Let the reconnect strategy wait for less, in milliseconds, or for fewer times.',
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

/** Whether it is not at the end of its attempts when their time is over. */
function isSlow({ program }: ProgramRun, now: number): boolean {
  const times = program.output.map(({ at }) => at);
  const [first = now] = times;
  const last = times.at(-1) ?? now;
  if (program.exit) return last - first > longest;
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return now - last < 2 * Math.max(0, ...gaps);
}

/**
 * The client is given a reconnect strategy where it looks for one, by this file or one beside it.
 * @throws CheckFailure if it cannot have one
 */
function expectStrategy(source: Source): void {
  if (mentions(source, 'retry_strategy')) {
    fail({
      class: 'requirement-not-met',
      message: '“retry_strategy” is an option of redis 3: the client of redis 6 passes over it.',
      next: whereToPut,
      at: { names: ['retry_strategy'] },
    });
  }
  const strategies = source.files.flatMap((file) => file.nodes.filter(isStrategy));
  const isBeside = strategies.length > 0 && strategies.every(isOptionOfClient);
  if (mentions(source, 'socket') && !isBeside) return;
  if (!mentions(source, strategy)) failWithoutStrategy();
  fail({
    class: 'requirement-not-met',
    message:
      'The reconnect strategy stands beside “socket”, where the client does not look for it.',
    next: 'Put it into the option socket: { socket: { reconnectStrategy: … } }.',
    at: { names: [strategy] },
  });
}

/** A property of this name, whatever it holds. */
function isStrategy(node: ts.Node): boolean {
  return ts.isObjectLiteralElementLike(node) && node.name?.getText() === strategy;
}

/** Whether it stands in the object that createClient() is given, and in no other within it. */
function isOptionOfClient({ parent }: ts.Node): boolean {
  const call = parent.parent;
  return (
    ts.isObjectLiteralExpression(parent) &&
    ts.isCallExpression(call) &&
    /\bcreateClient$/.test(call.expression.getText())
  );
}

function failWithoutStrategy(): never {
  fail({
    class: 'requirement-not-met',
    message: 'The client has no reconnect strategy: if Redis is down, it tries for ever.',
    next: whereToPut,
    at: { calls: ['createClient'] },
  });
}

const whereToPut = 'Give createClient an object { socket: { reconnectStrategy: … } }.';

function mentions({ files }: Source, name: string): boolean {
  return files.some((file) => file.mentions(name));
}
