import { isBuiltin } from 'node:module';
import {
  fail,
  type NextStep,
  type Place,
  type ProgramRun,
  promising,
  redisPackage,
  type Source,
  says,
  type Task,
  throwing,
} from '#grading';
import { connectedLine } from './connected-line';
import { failConnected, failRefusal, refusedPrefix } from './refusal-line';

/** A refused attempt has been reported before the client tries again. */
const attempts = 2;

/** Two clients may try at once: by the third attempt one of them tries again. */
const attemptsOfTwo = 3;

/** By its tenth attempt a retry_strategy gives up, if it is one of the usual kind. */
const retries = 12;

/**
 * With Redis down, the program says so, with the error's own text, each time it is refused.
 * @param running started with Redis down
 * @throws CheckFailure naming what it prints instead
 */
export async function expectRefusalLine(task: Task, running: ProgramRun): Promise<void> {
  if (await waitForRefusalLine(task, running)) {
    await expectHeardAgain(running, task.source);
    adviseOnAddresses(task, running);
    return adviseOnStack(task, running);
  }
  if (leavesUnheard(task, running)) {
    const again = await task.run({ redisDown: true, neverQuits: true });
    if (await waitForRefusalLine(task, again)) {
      adviseOnStack(task, again);
      task.advise(
        'With Redis down the program ends without a word: the client is told to quit before it can tell of the error. Its listener was tried with a client that stays open.',
      );
      return;
    }
    // What it would tell, it tells wrongly.
    if (again.outputLines.length > 0) failUnreported(task.source, again);
  }
  running.expectNoCrash();
  failUnreported(task.source, running);
}

/** @throws CheckFailure naming what is printed in place of the line */
function failUnreported(source: Source, { outputLines }: ProgramRun): never {
  const reports = outputLines.some((one) => /ECONNREFUSED|not connect/i.test(one));
  if (!reports && source.mentions('retry_strategy')) failRetrying(outputLines.join('\n'));
  failRefusal(source, outputLines);
}

/** With a retry_strategy redis 3 hands the errors to that alone. */
function failRetrying(seen: string): never {
  fail({
    class: 'wrong-output',
    message:
      'With Redis down the program does not say that it is not connected: with a retry_strategy the client emits no “error” for a refusal.',
    next: 'Take retry_strategy out, or log the line in it, with options.error.',
    expected: `${refusedPrefix}…`,
    seen,
    at: { names: ['retry_strategy'] },
  });
}

/** @throws CheckFailure where it claims to be connected all the same */
async function waitForRefusalLine({ source, file }: Task, running: ProgramRun): Promise<boolean> {
  const isRetried = source.mentions('retry_strategy');
  const isAlso = [
    ...(isRetried ? [isGivenUp] : []),
    ...(redisPackage(file).major >= promising ? [isRefusalCode] : []),
  ];
  const printed = () =>
    running.outputLines.some((line) => isRefusal(line) || isAlso.some((is) => is(line)));
  const most = isRetried ? retries : attemptsOfTwo;
  await running.waitUntil(() => printed() || running.program.attempts >= most, { timers: 0 });
  expectUnconnected(source, running);
  return printed();
}

/** From redis 4 on the client tries each address of localhost, and an error of several has no message. */
function adviseOnAddresses(task: Task, running: ProgramRun): void {
  const { file, source } = task;
  const { version, major } = redisPackage(file);
  const speaksOfMore = ['code', 'errors'].some((name) => source.mentions(name));
  if (major < promising || speaksOfMore || source.lineOfText('127.0.0.1') !== undefined) return;
  const line = running.outputLines.find(isRefusal) ?? '';
  const there = line.includes('Error: ') ? '“AggregateError”' : 'nothing';
  task.advise(
    `If localhost is both 127.0.0.1 and ::1 on a machine, the error of redis ${version} has no message there: the line has ${there} after the colon. Log error.message || error.code, which is ECONNREFUSED; error.errors holds one refusal for each address.`,
  );
}

/** A stack that Node printed at the program's end is none of the listener's. */
function adviseOnStack(task: Task, running: ProgramRun): void {
  if (running.program.errors.length > 0) return;
  if (!running.outputLines.some((one) => /^\s+at .*:\d+/.test(one))) return;
  task.advise(
    'The whole error is logged, with its stack; the task asks for its message: error.message, or the error in a template string.',
  );
}

/**
 * The next refusal is heard as well: an error event that nobody listens for ends the program. It is
 * waited for only where the listener of the first one may be gone by then.
 */
async function expectHeardAgain(running: ProgramRun, source: Source): Promise<void> {
  const { program } = running;
  const keeps = keepsItsListeners(source);
  // Refused, it waits for nothing but the client's own timer.
  await running.waitUntil(() => program.attempts >= attempts, { timers: keeps ? 1 : 0 });
  if (!keeps) await running.waitUntil(() => program.attempts > attempts, { timers: 1 });
  expectUnconnected(source, running);
  // What else a promise is rejected with comes of the end that the listener itself has made.
  const fatal = ({ origin, message }: { origin: string; message: string }) =>
    origin === 'uncaughtException' || says.connectionRefused.test(message);
  if (program.errors.some(fatal)) failEnded(running, source);
}

/** An error of the client has ended the program, though it was reported. */
function failEnded(running: ProgramRun, source: Source): void {
  const { program } = running;
  const [error] = program.errors;
  if (!says.connectionRefused.test(error?.message ?? '')) running.expectNoCrash();
  const again = program.attempts >= attempts;
  const listens = source.textArguments('on').some(({ text }) => text === 'error');
  fail({
    class: 'redis-unreachable',
    ...explainDeath(again, listens, error?.origin === 'unhandledRejection' || rejects(source)),
    line: throwing(source),
    seen: running.outputLines.join('\n'),
  });
}

function explainDeath(
  again: boolean,
  listens: boolean,
  rejected: boolean,
): { message: string; next: NextStep; at?: Place } {
  if (rejected && (listens || !again)) {
    return {
      message:
        'The program tells of the refusal, and then ends by it: a promise is rejected with the same error, and nothing catches it.',
      next: 'Catch what the promise is rejected with, by .catch(…) or try … catch; or only log in the listener.',
      at: { calls: ['reject', 'once'] },
    };
  }
  return again
    ? {
        message:
          'The program tells of the first refusal and ends at the second: by then nothing listens for “error” any more.',
        next: "Listen with client.on('error', …), which hears every error; once() hears one.",
        at: { calls: ['once'] },
      }
    : {
        message:
          'The program tells of the refusal, and then ends by the same error: it is thrown once more.',
        next: 'In the listener for “error” log the message, and throw nothing.',
      };
}

/** Whether something in the file may reject a promise with an event of the client. */
function rejects(source: Source): boolean {
  return ['once', 'reject'].some((name) => source.mentions(name)) && throwing(source) === undefined;
}

/**
 * What hears the first refusal hears the next: nothing in the file, and nothing of the learner's
 * beside it, can take a listener away again, and none listens for what comes in between.
 */
function keepsItsListeners(source: Source): boolean {
  return (
    ![...takers, 'reconnecting'].some((name) => source.mentions(name)) &&
    source.modules().every((name) => name === 'redis' || isBuiltin(name))
  );
}

const takers = ['once', 'prependOnceListener', 'off', 'removeListener', 'removeAllListeners'];

/** It ended well without a word, and closes its client somewhere. */
function leavesUnheard(task: Task, running: ProgramRun): boolean {
  const closes = ['quit', 'QUIT', 'end', 'disconnect', 'close', 'destroy'];
  return (
    running.program.exit?.code === 0 &&
    running.outputLines.length === 0 &&
    closes.some((name) => task.source.countCalls(name) > 0)
  );
}

function isRefusal(line: string): boolean {
  return (
    line.startsWith(refusedPrefix) &&
    /connect ECONNREFUSED\b/.test(line.slice(refusedPrefix.length))
  );
}

/** Where the message may be empty, the code is what there is. */
function isRefusalCode(line: string): boolean {
  return line.startsWith(refusedPrefix) && line.slice(refusedPrefix.length) === 'ECONNREFUSED';
}

/** What redis 3 says when its retry_strategy gives no time to wait: an error, or nothing. */
function isGivenUp(line: string): boolean {
  return (
    line.startsWith(refusedPrefix) &&
    line.slice(refusedPrefix.length).includes('Redis connection in broken state: retry aborted.')
  );
}

function expectUnconnected(source: Source, { outputLines }: ProgramRun): void {
  if (outputLines.includes(connectedLine))
    failConnected(source, connectedLine, outputLines.join('\n'));
}
