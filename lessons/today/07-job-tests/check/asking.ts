import { fail, matching, quote, type Task, ts } from '#grading';
import { asks } from './job-functions';
import type { JobReport, Outcome } from './job-probe-protocol';
import { halfAnHour, probedNumbers } from './probed';

const setting = "redis.set(key, '1', 'EX', 3600, 'NX')";

/**
 * A number may be notified once an hour, and Redis alone remembers it.
 * @throws CheckFailure otherwise
 */
export async function expectOnceAnHour(task: Task, report: JobReport): Promise<void> {
  const [first, again, one, two, other, later] = report.asked;
  const { again: number, atOnce, other: another } = probedNumbers;
  if (!first || !again || !one || !two || !other || !later)
    throw new Error('The probe asked too little.');
  for (const outcome of report.asked) expectBoolean(task, outcome);
  if (report.sent === 0) {
    fail({
      class: 'requirement-not-met',
      message: `${asks} sends nothing by the client that it is given as its second argument.`,
      next: 'Send the command by that argument: whoever calls the function decides on the Redis.',
      at: [
        { code: 'new Redis($$$)' },
        { code: 'new Set($$$)' },
        { code: 'new Map($$$)' },
        { names: [asks] },
      ],
    });
  }
  if (is(first, false) && is(again, true)) turnedRound();
  if (is(first, false))
    expectTrue(
      `${asks}('${number}', redis) gives false at the first call; nobody has notified that number.`,
    );
  await expectKey(task, number);
  expectTime(report.keyLeft);
  if (is(again, true)) {
    const line = unawaited(task.source);
    if (line !== undefined) {
      fail({
        class: 'wrong-output',
        message: `${asks}('${number}', redis) gives true again at the second call: line ${line} does not wait for the reply.`,
        next: 'Write await in front of the command: what is compared now is a promise.',
        line,
      });
    }
    fail({
      class: 'wrong-output',
      message: `${asks}('${number}', redis) gives true again at the second call.`,
      next: `Give true only if the key was not there: with NX, ${setting} gives 'OK' then, and null if it was.`,
      at: [{ calls: ['set', 'setnx', 'setex'] }, { names: [asks] }],
    });
  }
  if (report.keyLater > halfAnHour) {
    fail({
      class: 'wrong-data',
      message: `A call of ${asks} that gives false sets the key’s time anew: a number that is asked about often may never have a notification again.`,
      next: `Set the time together with the key alone: ${setting} does both, or nothing if the key is there.`,
      at: [{ calls: ['expire', 'pexpire', 'setex'] }, { calls: ['set'] }, { names: [asks] }],
      expected: `at most ${halfAnHour / 1000} seconds, which were left before the call`,
      seen: `${Math.round(report.keyLater / 1000)} seconds`,
    });
  }
  if (is(other, false))
    expectTrue(
      `${asks}('${another}', redis) gives false, though only other numbers were notified.`,
    );
  const granted = [one, two].filter((outcome) => is(outcome, true)).length;
  if (granted === 2) {
    fail({
      class: 'wrong-output',
      message: `Two calls of ${asks}('${atOnce}', redis) at the same time both give true: each looked before the other had set the key.`,
      next: `Look and set by one command: ${setting}.`,
      at: [{ calls: ['get', 'exists', 'ttl'] }, { calls: ['set', 'setex'] }],
    });
  }
  if (granted === 0)
    expectTrue(`Two calls of ${asks}('${atOnce}', redis) at the same time both give false.`);
  await expectKey(task, atOnce);
  if (is(other, true) && is(later, false)) {
    fail({
      class: 'wrong-output',
      message: `${asks}('${another}', redis) still gives false when Redis has forgotten the key: something else remembers the number.`,
      next: `Keep nothing in the program: each call asks Redis, by ${setting}.`,
      at: [
        { code: 'new Set($$$)' },
        { code: 'new Map($$$)' },
        { calls: ['has', 'includes'] },
        { names: [asks] },
      ],
    });
  }
}

function is(outcome: Outcome, value: boolean): boolean {
  return outcome.ended === 'resolved' && outcome.value === String(value);
}

function expectBoolean({ source }: Task, outcome: Outcome): void {
  if (is(outcome, true) || is(outcome, false)) return;
  if ('message' in outcome) {
    const camel = /\.(setEx|setNX|pExpire|hSet)\b.* is not a function/.exec(outcome.message);
    fail({
      class: 'wrong-output',
      message: camel
        ? `${asks}: a client of ioredis has no ${camel[1]}(); that is a name of the package redis.`
        : `${asks} ends with an error: ${outcome.message}.`,
      next: camel
        ? `ioredis writes all names of commands small: ${setting}.`
        : /syntax error/.test(outcome.message)
          ? `Hand the options over as words, not as an object: ${setting}.`
          : `Set the key with the client that is given: ${setting}.`,
      seen: outcome.raw,
      at: [{ throws: outcome.message }, { calls: ['set', 'setEx', 'setNX'] }, { names: [asks] }],
    });
  }
  const isPromise = outcome.ended === 'resolved';
  fail({
    class: 'wrong-output',
    message: `${asks} ${isPromise ? 'resolves with' : 'is no promise: it gives'} ${outcome.value}; the task asks for a promise of true or false.`,
    next: isPromise
      ? `Compare the reply: return reply === 'OK'.`
      : 'Make it async, await the command, and return what the comparison gives.',
    expected: 'true or false',
    seen: outcome.value,
    line: source.lineOfText(asks),
    at: [{ calls: ['set', 'setnx'] }, { names: [asks] }],
  });
}

/** A number that may be notified has the task's key from then on, whatever it is written like. */
async function expectKey(task: Task, number: string): Promise<void> {
  const key = `notified:${number}`;
  const keys = await task.redis.keys();
  if (keys.includes(key)) return;
  const other = keys.find((one) => digitsOf(one) === digitsOf(number));
  fail({
    class: 'wrong-data',
    message:
      other === undefined
        ? `There is no key ${quote(key)} in Redis after ${asks}('${number}', redis).`
        : `${asks}('${number}', redis) sets the key ${quote(other)}; the task asks for ${quote(key)}.`,
    next: 'Make the key of “notified:” and the number as it is, with nothing in between.',
    at: [{ text: 'notified' }, { calls: ['set', 'setnx', 'setex', 'incr'] }],
    expected: key,
    seen: other ?? keys.join('\n'),
  });
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

function expectTime(left: number): void {
  const key = `notified:${probedNumbers.again}`;
  const told = {
    at: [{ calls: ['expire', 'pexpire', 'setex'] }, { calls: ['set', 'setnx', 'incr'] }],
  };
  const next = `Set it with its time: ${setting}, where EX counts seconds and PX milliseconds.`;
  if (left > 3_300_000 && left <= 3_600_000) return;
  fail({
    class: 'wrong-data',
    message:
      left < 0
        ? `The key ${quote(key)} stays for ever; the task gives it 3600 seconds.`
        : `The key ${quote(key)} stays for ${left < 3_600_000 ? 'less' : 'more'} than the 3600 seconds that the task gives it.`,
    next,
    ...told,
  });
}

/** A command whose promise is kept and compared: `const reply = redis.set(…)`. */
function unawaited(source: Task['source']): number | undefined {
  const call = ['set', 'setnx', 'incr', 'exists', 'get']
    .flatMap((name) => matching(source, `$.${name}($$$)`))
    .find(({ parent }) => ts.isVariableDeclaration(parent) || ts.isBinaryExpression(parent));
  return call && source.lineOf(call);
}

function turnedRound(): never {
  fail({
    class: 'wrong-output',
    message: `${asks} gives false at the first call and true at the second: that is the wrong way round.`,
    next: 'Give true if the key was not there before, and false if it was.',
    at: { names: [asks] },
  });
}

function expectTrue(message: string): never {
  fail({
    class: 'wrong-output',
    message,
    next: `Let the key hold the number, and give true whenever it was not there: with NX, ${setting} gives 'OK' then.`,
    at: [{ calls: ['set', 'setnx', 'setex', 'get', 'exists', 'incr'] }, { names: [asks] }],
  });
}
