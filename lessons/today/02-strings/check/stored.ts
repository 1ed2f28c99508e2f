import { commandText, fail, type ProgramRun, quote, type Task } from '#grading';
import { clientCalls } from '#vocabulary/redis/client-calls';
import { code, newSchools } from './calls';
import { type Setting, settingOf } from './setting';

/**
 * The schools were set in one command each that leaves alone what is there.
 * @throws CheckFailure at the first that was not
 */
export function expectNewSchools(task: Task, program: ProgramRun): void {
  const settings = program.commands().flatMap(settingOf);
  for (const { key, value } of newSchools) {
    const right = ['SET', key, value, 'NX'];
    const set = settings.find((one) => one.key === key && one.value === value);
    const sides = { expected: commandText(right), seen: seenIn(settings) };
    if (set) failGet(set, sides);
    if (set?.name === 'SET' && set.isNew) continue;
    if (!set) failUnset(settings, { key, value }, sides);
    if (set.isNew) {
      fail({
        class: 'wrong-command',
        message: `Redis got ${quote(commandText(set.words))}: SETNX answers with 1 or 0; the task asks for SET with the option NX.`,
        next: "Write client.set(schoolName, value, { condition: 'NX' }).",
        at: [{ calls: ['setNX', 'SETNX'] }, { sends: set.words }],
        ...sides,
      });
    }
    failOptions(task, set, 'NX', sides);
    fail({
      class: 'wrong-command',
      message: `Redis got ${quote(commandText(set.words))} without the option NX: it replaces what is there.`,
      next: "Give client.set() in setNewSchool a third argument: { condition: 'NX' }.",
      at: [{ sends: set.words }, { calls: ['set'] }],
      ...sides,
    });
  }
}

/**
 * The code was stored in one command that says for how long, and Redis will forget it.
 * @throws CheckFailure otherwise
 */
export async function expectCode(task: Task, program: ProgramRun): Promise<void> {
  const { key, value, seconds } = code;
  const settings = program.commands().flatMap(settingOf);
  const set = settings.find((one) => one.key === key && one.value === value);
  const sides = {
    expected: commandText(['SET', key, value, 'EX', String(seconds)]),
    seen: seenIn(settings),
  };
  if (!set) failUnset(settings, code, sides);
  const at = [{ sends: set.words }, { names: ['EX', 'PX'] }, { calls: ['saveCode'] }];
  if (set.seconds === undefined) {
    failOptions(task, set, 'EX', sides);
    const [later] = program.commands('EXPIRE', 'PEXPIRE').filter((words) => words[1] === key);
    const isTogether = program.commands('MULTI').length > 0;
    fail({
      class: 'wrong-command',
      message: later
        ? `The code gets its time by a second command, ${quote(commandText(later))}${isTogether ? '; one can do both.' : ': a program that ends between the two leaves it for ever.'}`
        : `Redis got ${quote(commandText(set.words))}, which says nothing of 600 seconds: the code stays for ever.`,
      next: "Give client.set() in saveCode a third argument: { expiration: { type: 'EX', value: 600 } }.",
      at: later ? [{ calls: ['expire', 'pExpire'] }, ...at] : at,
      ...sides,
    });
  }
  if (set.seconds !== 'until' && set.seconds !== seconds) {
    fail({
      class: 'wrong-command',
      message: `Redis got ${quote(commandText(set.words))}: the code is kept for ${set.seconds} seconds, and the task asks for ${seconds}.`,
      next: 'EX counts seconds, PX milliseconds: give EX the value 600.',
      at,
      ...sides,
    });
  }
  if (set.isNew) {
    fail({
      class: 'wrong-command',
      message: `Redis got ${quote(commandText(set.words))}: with NX a second code for the same number is not stored while the first is there.`,
      next: 'Leave the option NX out in saveCode: the newest code counts.',
      at: [{ sends: set.words }, { calls: ['saveCode'] }],
      ...sides,
    });
  }
  const left = Number(await task.redis.command('PTTL', key));
  if (left > 0 && left <= 1000 * seconds) return;
  fail({
    class: 'wrong-data',
    message:
      left > 0
        ? `Redis will keep the code for ${Math.round(left / 1000)} seconds; the task asks for ${seconds}.`
        : `Redis ${left === -2 ? 'no longer holds' : 'will never forget'} the key ${quote(key)} after the run.`,
    next: 'Leave the key alone once saveCode has set it.',
    at: [{ calls: ['persist', 'del', 'unlink'] }, { names: [key] }],
  });
}

/**
 * A code that was there, and was soon to be forgotten, is replaced by one that stays for its own time.
 * @throws CheckFailure otherwise
 */
export async function expectCodeReplaced(task: Task): Promise<void> {
  const { key, value, seconds } = code;
  const held = await task.redis.command('GET', key);
  const left = Number(await task.redis.command('PTTL', key));
  const isReplaced = held === value;
  if (isReplaced && left > 500 * seconds) return;
  fail({
    class: 'wrong-data',
    message: isReplaced
      ? 'A code that was to stay for a minute more is replaced, and the new one stays for what was left of its time.'
      : `A code that is there is not replaced: Redis holds ${quote(String(held))}, not ${quote(value)}.`,
    next: isReplaced
      ? `Give each code ${seconds} seconds of its own, whatever was left of the one before.`
      : 'Store the new code whatever is there: the newest one counts.',
    at: [{ calls: ['ttl', 'TTL', 'pTTL', 'exists'] }, { calls: ['set'] }],
    expected: `${key} ${value}, for ${seconds} seconds`,
    seen: `${key} ${held}, for ${Math.round(left / 1000)} seconds`,
  });
}

type Sides = { expected: string; seen: string };

/** @throws CheckFailure naming what was set in place of a key and its value */
function failUnset(
  settings: readonly Setting[],
  { key, value }: { key: string; value: string },
  sides: Sides,
): never {
  const swapped = settings.find((one) => one.key === value && one.value === key);
  const near =
    swapped ??
    settings.find((one) => one.key === key && newSchools.every((due) => due.value !== one.value)) ??
    settings.find((one) => one.value === value);
  const wanted = commandText(['SET', key, value]);
  fail({
    class: 'wrong-command',
    message: swapped
      ? `Key and value have changed places: Redis got ${quote(commandText(swapped.words))}.`
      : near
        ? `Redis never got ${quote(`${wanted} …`)}; it got ${quote(commandText(near.words))}.`
        : `Redis never got the command ${quote(`${wanted} …`)}.`,
    next: {
      says: near
        ? 'Compare the call, and the key and the value in its function, with the task, letter by letter.'
        : `Make the call of the task that sets ${quote(key)} to ${quote(value)}.`,
      unless: `$('$', '${value}')`,
      otherwise: 'See that the function sets the key and the value that it gets.',
    },
    at: near ? [{ sends: near.words }, { names: [key] }] : { names: [key] },
    ...sides,
  });
}

/** @throws CheckFailure where the reply is what the key held before */
function failGet({ words }: Setting, sides: Sides): void {
  if (!words.slice(3).some((word) => word.toUpperCase() === 'GET')) return;
  fail({
    class: 'wrong-command',
    message: `Redis got ${quote(commandText(words))}: with the option GET it answers with what the key held before, not with OK.`,
    next: 'Take GET out of the options of client.set().',
    at: [{ names: ['GET'] }, { sends: words }],
    ...sides,
  });
}

/** @throws CheckFailure where the options of a command stand beside each other, as redis 3 takes them */
function failOptions({ source }: Task, { words }: Setting, option: string, sides: Sides): void {
  const call = clientCalls(source).find(
    ({ node, method }) =>
      method.toLowerCase() === 'set' &&
      node.arguments.slice(2).some((one) => one.getText().replace(/['"`]/g, '') === option),
  );
  if (!call) return;
  fail({
    class: 'wrong-command',
    message: `Redis got ${quote(commandText(words))}: the client of redis 6 passes over the argument ${quote(`'${option}'`)}.`,
    next:
      option === 'NX'
        ? "Hand over the options as an object: { condition: 'NX' }."
        : "Hand over the options as an object: { expiration: { type: 'EX', value: 600 } }.",
    line: call.line,
    ...sides,
  });
}

function seenIn(settings: readonly Setting[]): string {
  return settings.map(({ words }) => commandText(words)).join('\n');
}
