import {
  commandText,
  fail,
  type NextStep,
  type OutputDiagnosis,
  type Place,
  type ProgramRun,
  promiseByHand,
  quote,
  type Source,
  similar,
  type Task,
  ts,
  unsettledCalls,
  withCallsWatched,
} from '#grading';
import { expectKeyKept } from '#vocabulary/redis/key-kept';
import { misread } from './misread-reply';
import { schoolKeys as keys } from './school-calls';

/**
 * Lines that lessons 2 and 3 often print in place of the right ones, and where they come from.
 * @param running after it has come to rest
 * @param by how the task has the value read
 */
export function schoolDiagnoses(
  task: Task,
  running: ProgramRun,
  by: 'callback' | 'promise',
): OutputDiagnosis[] {
  return [
    ...diagnoses,
    ...diagnosesBy[by],
    ...otherValue(running),
    { pattern: /^(?:null|undefined)$/, ...explainNothing(task, running) },
  ];
}

/**
 * Redis was asked for the two schools and got the new one, once each, and keeps it.
 * @param by how the file is to get what Redis answers
 * @throws CheckFailure otherwise
 */
export async function expectSchoolsStored(
  task: Task,
  program: ProgramRun,
  by: 'callback' | 'promise',
): Promise<void> {
  program.expectSentTimes(['GET', 'Holberton'], 1, nextForGet('Holberton', by));
  program.expectSentTimes(['SET', 'HolbertonSanFrancisco', '100'], 1, {
    says: "Call setNewSchool('HolbertonSanFrancisco', '100') once.",
    unless: "setNewSchool('HolbertonSanFrancisco', '100')",
    otherwise:
      'Let setNewSchool set the key schoolName to the value: client.set(schoolName, value, …).',
  });
  program.expectSentTimes(
    ['GET', 'HolbertonSanFrancisco'],
    1,
    nextForGet('HolbertonSanFrancisco', by),
  );
  await expectKeyKept(task, program, 'HolbertonSanFrancisco');
  await task.redis.expectValue(
    'HolbertonSanFrancisco',
    '100',
    'setNewSchool should set the key schoolName to the value.',
  );
}

/** The next step if Redis was never asked for a key, though the lines are right. */
function nextForGet(key: string, by: 'callback' | 'promise'): NextStep {
  return {
    says: `Call displaySchoolValue('${key}') once.`,
    unless: `displaySchoolValue('${key}')`,
    otherwise:
      by === 'callback'
        ? 'Let displaySchoolValue ask Redis, client.get(schoolName, …), and print what it answers.'
        : 'Let displaySchoolValue ask Redis, by what promisify makes of client.get, and print what it answers.',
  };
}

/** Another value than the task's was set, and comes back. */
function otherValue(running: ProgramRun): OutputDiagnosis[] {
  const set = running.commands('SET').find(([, key]) => key === keys[1]);
  const value = set?.[2];
  if (!set || value === undefined || value === '100') return [];
  return [
    {
      pattern: /^(?!School$|Reply: )/,
      message: `The value that is set is ${quote(value)}, where the task’s is “100”: Redis got ${quote(commandText(set))}.`,
      next: {
        says: 'Let setNewSchool take schoolName and value, and set the key to that value.',
        unless: 'client.set(schoolName, value, $$$)',
        otherwise: `Call setNewSchool('${keys[1]}', '100').`,
      },
      at: [{ text: value }, { sends: set }],
    },
  ];
}

/** Why a value is none: Redis has no such key, or the value printed is not the reply. */
function explainNothing(task: Task, running: ProgramRun): Omit<OutputDiagnosis, 'pattern'> {
  const { source } = task;
  const commands = task.sandbox.journal.commands(running.name);
  const [, key] =
    commands.find(({ words, reply }) => words[0] === 'GET' && reply === null)?.words ?? [];
  const asked = commands.filter(({ words }) => words[0] === 'GET').length;
  if (asked < keys.length && commands.some(({ words }) => words[0] === 'QUIT')) {
    return {
      message: 'The client is closed before all that the task asks has been sent.',
      next: 'Call quit() after the last reply, or leave it out: behind it nothing is sent any more.',
      line: source.lineOfCall('quit', 'end'),
    };
  }
  if (key === undefined) {
    return (
      misread(source) ?? {
        message: 'The program prints a value that it did not get from Redis.',
        next: 'Print the reply: the callback’s second argument, or what the awaited call gives.',
      }
    );
  }
  const at: Place = { sends: ['GET', key] };
  if (!keys.includes(key)) {
    const near = keys.find((one) => similar(one, key));
    return {
      message: `The program asks Redis for the key ${quote(key)}, which is not there.`,
      next: isName(source, key)
        ? `Take the quotes off, so that the key is what the function is called with: ${key}, not '${key}'.`
        : `Ask for the key that the function is called with${near ? `: ${quote(near)}, to the letter` : ''}.`,
      at,
    };
  }
  const removal = commands.find(({ words }) =>
    /^(?:FLUSHDB|FLUSHALL|DEL|UNLINK)$/.test(words[0] ?? ''),
  );
  if (removal) {
    const [name = ''] = removal.words;
    return {
      message: `The program asks for the key ${quote(key)}, which Redis no longer has: it sends ${name}, too.`,
      next: `Take out the call that sends ${name}: the task removes nothing.`,
      line: source.lineOfCall(name.toLowerCase()),
    };
  }
  const sets = commands.flatMap(({ words }) => (words[0] === 'SET' ? [words[1] ?? ''] : []));
  const display = source.textArguments('displaySchoolValue').find(({ text }) => text === key)?.line;
  if (sets.includes(key)) {
    return {
      message: `The program asks for the key ${quote(key)} before it has set it: Redis answers with nothing.`,
      next: 'Make the calls in the order of the task: display, set, display.',
      line: display,
    };
  }
  const [other] = sets;
  return other === undefined
    ? {
        message: `The program asks for the key ${quote(key)}, and has not set it: Redis answers with nothing.`,
        next: 'Call setNewSchool with that key and its value before, and set the key in it.',
        line: display,
      }
    : {
        message: `The program sets the key ${quote(other)}, and then asks for ${quote(key)}: Redis answers with nothing.`,
        next: `In setNewSchool, set the key schoolName to the value: client.set(schoolName, value, …)${isName(source, other) ? ', without quotes' : ''}.`,
        at: [
          { sends: commands.find(({ words }) => words[0] === 'SET')?.words ?? [] },
          { calls: ['set'] },
        ],
      };
}

/** Whether the text of a key is what the file calls something: the name stands between quotes. */
function isName(source: Source, key: string): boolean {
  return source.nodes.some((node) => ts.isIdentifier(node) && node.text === key);
}

const diagnoses: OutputDiagnosis[] = [
  {
    pattern: /^Promise \{|\[object Promise\]/,
    message: 'The program prints a promise, not the value that it will hold.',
    next: 'Put await before the call, in an async function.',
  },
  {
    pattern: /^OK$/,
    message: 'The confirmation is printed as “OK”; redis.print would print “Reply: OK”.',
    next: 'Set the key by client.set(schoolName, value, redis.print), or print “Reply: ” before it yourself.',
    at: { calls: ['set'] },
  },
  {
    pattern: /^null OK$/,
    message: 'console.log, handed to a command, prints the error (null) and the reply.',
    next: 'Hand redis.print to client.set() in its place.',
    at: { code: '$.set($$$, console.log)' },
  },
  {
    pattern: /^null (?:School|100)$/,
    message: 'console.log, handed to a command, prints the error (null) and the reply.',
    next: 'Hand client.get() a function of your own: (error, reply) => console.log(reply).',
    at: { code: '$.get($$$, console.log)' },
  },
  {
    pattern: /^Reply: (?:School|100)$/,
    message:
      '“Reply: ” stands before the value, as redis.print puts it; the task shows the value alone.',
    next: 'Print the reply alone, in a function of your own: (error, reply) => console.log(reply).',
    at: [
      { code: '$.get($$$, $.print)' },
      { code: '$.get($$$, print)' },
      { prints: 'Reply: School' },
    ],
  },
  {
    pattern: /^(?:.*\W(?:School|100)|(?:School|100)\W.*)$/,
    message: 'Something stands beside the value; the task shows the value alone.',
    next: 'Print the reply alone: console.log(reply).',
  },
];

const early = {
  pattern: /^(?:true|false)$/,
  message: 'The program prints what client.get() returns at once, not the value of the key.',
  at: { calls: ['get'] },
};

const keyName = {
  pattern: /^(?:Holberton|HolbertonSanFrancisco)$/,
  message: 'The program prints the name of the key, not its value.',
};

/** Lines whose next step depends on how the value is read. */
const diagnosesBy: Record<'callback' | 'promise', OutputDiagnosis[]> = {
  callback: [
    {
      ...early,
      next: 'The value comes later: print it in the callback that client.get() calls.',
    },
    { ...keyName, next: 'Print what the callback gets as its second argument.' },
  ],
  promise: [
    {
      ...early,
      next: 'Make an async version with promisify(client.get).bind(client), and await what that gives.',
    },
    { ...keyName, next: 'Print what the awaited call gives.' },
  ],
};

/**
 * The first of the three calls displays a school, the second sets one. A function that waits for
 * something else first may ask Redis later, so the file has to say it as well as the wire.
 * @throws CheckFailure where the set is called before
 */
export function expectFirstDisplay(task: Task, running: ProgramRun): void {
  const [first] = running.commands('GET', 'SET');
  if (first?.[0] !== 'SET') return;
  const shown = task.source.textArguments('displaySchoolValue')[0];
  const set = task.source.textArguments('setNewSchool')[0];
  if (!shown || !set || shown.line < set.line) return;
  fail({
    class: 'wrong-command',
    message:
      "setNewSchool is called before displaySchoolValue('Holberton'); the task displays first.",
    next: 'Make the calls in the order of the task: display, set, display.',
    expected: 'GET Holberton\nSET HolbertonSanFrancisco 100\nGET HolbertonSanFrancisco',
    seen: running.commandLines('GET', 'SET'),
    line: set.line,
  });
}

/**
 * What displaySchoolValue promises settles once Redis has answered. Only a promise that the learner
 * settles, or a function of theirs that promisify has made one of, can fail to: then the file is run
 * once more, with its calls watched.
 * @throws CheckFailure otherwise
 */
export async function expectSettled(task: Task): Promise<void> {
  const made = promiseByHand(task.source);
  // What ends the program may well end it before.
  if (!made || task.source.mentions('exit')) return;
  const name = 'displaySchoolValue';
  const running = await task.run({ text: withCallsWatched(task.source, name) });
  await running.waitUntilIdle();
  const commands = task.sandbox.journal.commands(running.name);
  if (commands.some(({ repliedAt }) => repliedAt === undefined)) return;
  if (running.program.errors.length > 0 || unsettledCalls(running.lines, name) === 0) return;
  fail({
    class: 'requirement-not-met',
    message: `The promise that ${name} gives never settles: Redis has answered all that was asked, and it is still pending.`,
    next: nextToSettle[made.by],
    line: made.line,
  });
}

const nextToSettle = {
  promisify:
    'What promisify gets must call back: let the function take a callback as its last argument, and call it with the error and the value.',
  Promise:
    'Call resolve(value) when the value has come, and reject(error) where there is an error.',
};

/**
 * With another value in Redis the program prints that one: it reads, it does not recite.
 * @throws CheckFailure otherwise
 */
export async function expectValueFromRedis(task: Task): Promise<void> {
  const other = 'Another school';
  await task.redis.clear();
  await task.redis.set('Holberton', other);
  const program = await task.run();
  await program.waitUntilSettled();
  if (program.lines.includes(other)) return;
  fail({
    class: 'wrong-output',
    message: `With ${quote(other)} in the key “Holberton”, the program does not print that value.`,
    next: 'Print the value that Redis answers with, not a text from the file.',
    expected: other,
    seen: program.lines.join('\n'),
  });
}
