import { anyOrder, check, type OutputDiagnosis, type ProgramRun, quote, type Task } from '#grading';
import { expectPromiseClient } from '#vocabulary/redis/promise-client';
import { connectedLine, expectUnconnected } from '../vocabulary/connected-line';
import { counted, functions, school } from './check/calls';
import { expectCode, expectNewSchools } from './check/stored';
import { expectCaught, expectCounted, refusedLine } from './check/students';

export default check({
  'today-strings': async (task) => {
    const program = await task.run();
    const refused = await task.run({ redisDown: true });
    await program.waitUntilIdle();
    program.expectParsed();
    expectPromiseClient(task, program);
    expectCaught(program);
    await program.waitUntilSettled();
    expectNewSchools(task, program);
    await expectCode(task, program);
    program.expectSent(['GET', school.key], {
      says: `Call displaySchoolValue('${school.key}').`,
      unless: `displaySchoolValue('${school.key}')`,
      otherwise: 'Let displaySchoolValue ask Redis: await client.get(schoolName).',
    });
    expectCounted(program);
    expectLines(task, program);
    for (const [name, parameters] of Object.entries(functions)) {
      task.source.expectParameters(name, parameters);
    }
    await task.redis.expectNoExpiry(school.key);
    await task.redis.expectNoExpiry(counted.key);
    await program.expectExit(
      'after the last call',
      {
        says: 'Close the client when all is done: await client.close().',
        unless: ['$.close()', '$.destroy()', '$.quit()', '$.disconnect()', '$.QUIT()'],
        otherwise: 'See that the line that closes the client is reached, after the last call.',
      },
      { at: { calls: ['connect'] } },
    );
    await expectUnconnected(refused);
    await expectReadFromRedis(task, program);
  },
});

/** @throws CheckFailure with the first line that is not the task's */
function expectLines(task: Task, program: ProgramRun): void {
  const replies = ['Reply: OK', 'Reply: OK', 'Reply: null', school.value, 'Reply: OK'];
  const lines = [...replies, `${counted.key}: ${Number(counted.value) + 1}`, refusedLine];
  const isAtOnce = sendsAtOnce(program);
  program.expectOutput([connectedLine, ...(isAtOnce ? [anyOrder(...lines)] : lines)], {
    diagnoses,
  });
  if (!isAtOnce) return;
  task.advise(
    'The calls do not wait for each other, so the order of the lines is a matter of luck. Put await before each.',
  );
}

/** Whether a command went out before the one before it was answered. */
function sendsAtOnce(program: ProgramRun): boolean {
  const sent = program.sent.filter(({ words: [name = ''] }) => /^(?:SET|GET|INCR)/.test(name));
  return sent.some(({ at }, index) => {
    const before = sent[index - 1];
    return before !== undefined && (before.repliedAt ?? Number.POSITIVE_INFINITY) > at;
  });
}

/**
 * With other values in Redis the program leaves them, and prints those.
 * @param before the run on an empty Redis
 * @throws CheckFailure otherwise
 */
async function expectReadFromRedis(task: Task, before: ProgramRun): Promise<void> {
  // A program that begins with an empty Redis never meets them.
  if (before.commands('DEL', 'UNLINK', 'FLUSHDB', 'FLUSHALL').length > 0) return;
  const other = 'Another school';
  await task.redis.clear();
  await task.redis.set(school.key, other);
  await task.redis.set(counted.key, '500');
  const program = await task.run();
  await program.waitUntilSettled();
  for (const [key, held, line] of [
    [school.key, other, other],
    [counted.key, '500', `${counted.key}: 501`],
  ] as const) {
    if (program.lines.includes(line)) continue;
    task.fail({
      class: 'wrong-output',
      message: `With ${quote(held)} in the key ${quote(key)}, the program does not print ${quote(line)}.`,
      next: 'Print what Redis answers with, not a text from the file.',
      at: key === school.key ? { prints: school.value } : { names: ['101', 'addStudent'] },
      expected: line,
      seen: program.lines.join('\n'),
    });
  }
}

const diagnoses: OutputDiagnosis[] = [
  {
    pattern: /^Promise \{|\[object Promise\]/,
    message: 'The program prints a promise, not the reply that it will hold.',
    next: 'Put await before the command, and print what that gives.',
  },
  {
    pattern: /^(?:OK|null)$/,
    message: 'The reply is printed alone; the task shows “Reply: ” before it.',
    next: 'Put “Reply: ” before what client.set() answers with.',
  },
  {
    pattern: /^.*\WSchool$/,
    message: 'Something stands before the value; the task shows the value alone.',
    next: 'Let displaySchoolValue print the reply alone: console.log(await client.get(schoolName)).',
    at: [{ code: 'console.log(await $.get($))' }, { calls: ['get'] }],
  },
  {
    pattern: /undefined/,
    message: 'The program prints “undefined”, which is not what Redis answers.',
    next: 'Print what the awaited command gives.',
  },
  {
    pattern: /^\s+at .*:\d+/,
    message: 'The whole error is printed, with its stack; the task asks for its message.',
    next: 'Print error.message in place of error.',
    at: { code: 'catch ($) { $$$ }' },
  },
];
