import { check, type ProgramRun, quote, type Task, waitUntilHeldUp } from '#grading';
import { expectClosed } from '#vocabulary/redis/closed-clients';
import { expectKeyKept } from '#vocabulary/redis/key-kept';
import { expectPromiseClient } from '#vocabulary/redis/promise-client';
import { connectedLine, expectUnconnected } from '../vocabulary/connected-line';
import { expectNothingRemoved } from '../vocabulary/nothing-removed';
import { expectJoined, expectNumbersOfRedis, expectSumFromRedis } from './check/counting';
import { asNodePrints, diagnoses, printed } from './check/printed';
import { joined, key, moved, numberOf, others, schools } from './check/schools';
import { expectOneHSet } from './check/stored-hash';
import { expectExecAwaited, expectMovedTogether } from './check/transaction';

export default check({
  'today-hash': async (task) => {
    const program = await task.run();
    const refused = await task.run({ redisDown: true });
    await program.waitUntilIdle();
    program.expectParsed();
    expectPromiseClient(task, program);
    await program.waitUntilSettled();
    const stored = expectOneHSet(program);
    program.expectSent(['HGETALL', key], {
      says: 'Ask for the whole hash: await client.hGetAll(key).',
      unless: ['$.hGetAll($$$)', '$.HGETALL($$$)'],
      otherwise: `See that the call is reached, and give it the key ${key}, to the letter.`,
    });
    expectJoined(program);
    expectMovedTogether(task, program);
    expectExecAwaited(task, program);
    program.expectOutput([connectedLine, ...printed(stored)], { diagnoses });
    expectSumFromRedis(task, program);
    task.source.expectParameters('moveStudents', ['from', 'to', 'count']);
    await expectKeyKept(task, program, key);
    await task.redis.expectHash(
      key,
      {
        ...schools,
        [joined.city]: String(numberOf(joined.city, joined.count)),
        [moved.from]: String(numberOf(moved.from, -moved.count)),
        [moved.to]: String(numberOf(moved.to, moved.count)),
      },
      'Change the hash by the commands of the task alone, once each.',
    );
    await program.expectExit(
      'after the last reply',
      {
        says: 'Close the client when all is done: await client.close().',
        unless: ['$.close()', '$.destroy()', '$.quit()', '$.disconnect()', '$.QUIT()'],
        otherwise: 'See that the line that closes the client is reached, after the last reply.',
      },
      { at: { calls: ['connect'] } },
    );
    expectClosed(task, program);
    await expectUnconnected(refused);
    expectNothingRemoved(program, [key]);
    await expectReadFromRedis(task);
  },
});

/**
 * The hash is there already, and nothing new: the reply that is printed is Redis's.
 * @throws CheckFailure otherwise
 */
function expectReply(task: Task, again: ProgramRun): void {
  const reply = 'Reply: 0';
  const printed = again.lines.find((line) => line.startsWith('Reply: '));
  if (printed === undefined || printed === reply) return;
  task.fail({
    class: 'wrong-output',
    message: `Redis answers 0 to HSET if the hash is there already, and the program prints ${quote(printed)}: the number is not the reply.`,
    next: 'Keep what client.hSet() answers with in a variable, and print that behind “Reply: ”.',
    at: [{ prints: printed }, { calls: ['hSet', 'HSET'] }],
    expected: reply,
    seen: printed,
  });
}

/** The numbers are set each time. */
function expectStoredAgain(task: Task, again: ProgramRun): void {
  if (again.commands('HSET').length > 0) return;
  task.fail({
    class: 'wrong-command',
    message: 'If the hash is there already, the program sends no HSET: it stores nothing then.',
    next: 'Send the HSET each time, whatever is there.',
    at: [{ calls: ['exists', 'EXISTS'] }, { calls: ['hSet', 'HSET'] }],
    expected: `HSET ${key} …`,
    seen: again.commandLines(),
  });
}

/**
 * A hash that is there already, and that another program changes meanwhile: the program shows what
 * Redis holds, and what Redis answers.
 * @throws CheckFailure otherwise
 */
async function expectReadFromRedis(task: Task): Promise<void> {
  await task.redis.command('HSET', key, 'Lille', '7');
  const again = await task.run();
  const { tap } = again.program;
  tap.keepBackFrom(([name = '']) => name === 'HINCRBY' || name === 'MULTI');
  await again.waitUntil(() => tap.kept > 0, { timers: 0 });
  await waitUntilHeldUp([again]);
  for (const [city, more] of Object.entries(others)) {
    await task.redis.command('HINCRBY', key, city, String(more));
  }
  tap.keepNothing();
  await again.waitUntilSettled();
  expectReply(task, again);
  expectStoredAgain(task, again);
  expectMovedTogether(task, again);
  if (again.lines.some((line) => line.includes('Lille'))) {
    await expectNumbersOfRedis(task, again);
    return;
  }
  task.fail({
    class: 'wrong-output',
    message:
      'The object that is printed does not come from Redis: a field that was there before is not in it.',
    next: 'Log the object that client.hGetAll() answers with.',
    at: [{ prints: '{' }, { calls: ['hGetAll'] }],
    expected: asNodePrints({ ...schools, Lille: '7' }).join('\n'),
    seen: again.lines.slice(Math.max(0, again.lines.indexOf('{'))).join('\n'),
  });
}
