import { anyOrder, check, type OutputDiagnosis, type ProgramRun, quote, type Task } from '#grading';
import { expectClosed } from '#vocabulary/redis/closed-clients';
import { expectPromiseClient } from '#vocabulary/redis/promise-client';
import { connectedLine, expectUnconnected } from '../vocabulary/connected-line';
import { expectNothingRemoved } from '../vocabulary/nothing-removed';
import { expectReplyPrinted } from '../vocabulary/reply-by-heart';
import { code, counted, functions, school } from './check/calls';
import { expectCode, expectCodeReplaced, expectNewSchools } from './check/stored';
import {
  expectCaught,
  expectCounted,
  expectNotReadAgain,
  expectRefusalTold,
  refusedLine,
} from './check/students';

export default check({
  'today-strings': async (task) => {
    const program = await task.run();
    const refused = await task.run({ redisDown: true });
    await program.waitUntilIdle();
    program.expectParsed();
    expectPromiseClient(task, program);
    expectCaught(task, program);
    await program.waitUntilSettled();
    expectNewSchools(task, program);
    await expectCode(task, program);
    if (!hasRead(program)) {
      program.expectSent(['GET', school.key], {
        says: `Call displaySchoolValue('${school.key}').`,
        unless: `displaySchoolValue('${school.key}')`,
        otherwise: 'Let displaySchoolValue ask Redis: await client.get(schoolName).',
      });
    }
    expectCounted(task, program);
    expectNotReadAgain(program);
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
    expectClosed(task, program);
    await expectUnconnected(refused);
    expectNothingRemoved(program, [school.key, counted.key]);
    await expectReplyPrinted(task, 'OK');
    await expectReadFromRedis(task);
  },
});

/** Whether Redis was asked for the first school's value, by whatever command. */
function hasRead({ sent }: ProgramRun): boolean {
  return sent.some(
    ({ words, reply }) =>
      words.includes(school.key) && [reply].flat().map(String).includes(school.value),
  );
}

/** @throws CheckFailure with the first line that is not the task's */
function expectLines(task: Task, program: ProgramRun): void {
  const replies = ['Reply: OK', 'Reply: OK', 'Reply: null', school.value, 'Reply: OK'];
  const lines = [...replies, `${counted.key}: ${Number(counted.value) + 1}`, refusedLine];
  const isAtOnce = sendsAtOnce(program);
  program.expectOutput([connectedLine, ...(isAtOnce ? [anyOrder(...lines)] : lines)], {
    diagnoses,
  });
  if (!isAtOnce) return;
  task.fail({
    class: 'requirement-not-met',
    message: 'The calls do not wait for each other, so the order of the lines is a matter of luck.',
    next: 'Put await before each of the seven calls.',
    at: { calls: ['setNewSchool'] },
  });
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
 * With other values in Redis the program leaves them, and prints those: now the first school is a
 * number, the second is none, nor a text, and a code is there that is soon forgotten.
 * @throws CheckFailure otherwise
 */
async function expectReadFromRedis(task: Task): Promise<void> {
  const held = '7';
  await task.redis.clear();
  await task.redis.set(school.key, held);
  await task.redis.command('RPUSH', counted.key, 'Another school');
  await task.redis.command('SET', code.key, '0000', 'EX', '60');
  const program = await task.run();
  await program.waitUntilSettled();
  const sum = Number(held) + 1;
  for (const line of [held, `${school.key}: ${sum}`]) {
    if (program.lines.includes(line)) continue;
    const misnamed = program.lines.find((one) => one.endsWith(`: ${sum}`));
    task.fail({
      class: 'wrong-output',
      message: `With ${quote(held)} in the key ${quote(school.key)}, the program does not print ${quote(line)}${misnamed === undefined || line === held ? '' : `; it prints ${quote(misnamed)}`}.`,
      next:
        misnamed === undefined || line === held
          ? 'Print what Redis answers with, not a text from the file.'
          : 'Print the name that the function gets, not one from the file.',
      at: line === held ? { prints: school.value } : { names: ['101', 'addStudent'] },
      expected: line,
      seen: program.lines.join('\n'),
    });
  }
  expectNothingRemoved(program, [school.key, counted.key]);
  expectRefusalTold(program);
  await expectCodeReplaced(task);
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
