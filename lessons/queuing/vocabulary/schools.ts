import { fail, type OutputDiagnosis, type ProgramRun, quote, similar, type Task } from '#grading';

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
    { pattern: /^(?:null|undefined)$/, ...explainNothing(task, running) },
  ];
}

/** Why a value is none: Redis has no such key, or the value printed is not the reply. */
function explainNothing(task: Task, running: ProgramRun): Omit<OutputDiagnosis, 'pattern'> {
  const commands = task.sandbox.journal.commands(running.name);
  const [, key] =
    commands.find(({ words, reply }) => words[0] === 'GET' && reply === null)?.words ?? [];
  const asked = commands.filter(({ words }) => words[0] === 'GET').length;
  if (asked < keys.length && commands.some(({ words }) => words[0] === 'QUIT')) {
    return {
      message: 'The client is closed before all that the task asks has been sent.',
      next: 'Call quit() after the last reply, or leave it out: behind it nothing is sent any more.',
      line: task.source.lineOfCall('quit', 'end'),
    };
  }
  if (key === undefined) {
    return {
      message: 'The program prints a value that it did not get from Redis.',
      next: 'Print the reply: the callback’s second argument, or what the awaited call gives.',
    };
  }
  if (!keys.includes(key)) {
    const near = keys.find((one) => similar(one, key));
    return {
      message: `The program asks Redis for the key ${quote(key)}, which is not there.`,
      next: `Ask for the key that the function is called with${near ? `: ${quote(near)}, to the letter` : ''}.`,
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
      line: task.source.lineOfCall(name.toLowerCase()),
    };
  }
  const sets = commands.flatMap(({ words }) => (words[0] === 'SET' ? [words[1] ?? ''] : []));
  if (sets.includes(key)) {
    return {
      message: `The program asks for the key ${quote(key)} before it has set it: Redis answers with nothing.`,
      next: 'Make the calls in the order of the task: display, set, display.',
    };
  }
  const [other] = sets;
  return other === undefined
    ? {
        message: `The program asks for the key ${quote(key)}, and has not set it: Redis answers with nothing.`,
        next: 'Call setNewSchool with that key and its value before, and set the key in it.',
      }
    : {
        message: `The program sets the key ${quote(other)}, and then asks for ${quote(key)}: Redis answers with nothing.`,
        next: 'In setNewSchool, set the key schoolName to the value: client.set(schoolName, value, …).',
      };
}

const keys = ['Holberton', 'HolbertonSanFrancisco'];

const diagnoses: OutputDiagnosis[] = [
  {
    pattern: /^Promise \{|\[object Promise\]/,
    message: 'The program prints a promise, not the value that it will hold.',
    next: 'Put await before the call, in an async function.',
  },
  {
    pattern: /^Reply: undefined$/,
    message:
      'redis.print is called by the program itself, without a reply: it prints “Reply: undefined”.',
    next: 'Hand the function over without calling it: client.set(…, redis.print), not redis.print().',
    at: { calls: ['print'] },
  },
  {
    pattern: /^OK$/,
    message: 'The confirmation is printed as “OK”; redis.print would print “Reply: OK”.',
    next: 'Hand redis.print to client.set() as its last argument.',
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
      'setNewSchool is called before displaySchoolValue("Holberton"); the task displays first.',
    next: 'Make the calls in the order of the task: display, set, display.',
    expected: 'GET Holberton\nSET HolbertonSanFrancisco 100\nGET HolbertonSanFrancisco',
    seen: running.commandLines('GET', 'SET'),
    line: set.line,
  });
}

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
