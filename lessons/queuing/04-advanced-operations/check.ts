import { check, type OutputDiagnosis, type ProgramRun } from '#grading';
import { expectTaughtStyle, explainSlips } from '#vocabulary/redis/client-slips';
import { expectKeyKept } from '#vocabulary/redis/key-kept';
import { expectCallbacks } from '../vocabulary/callbacks';
import { connectedLine, explainListeners } from '../vocabulary/connected-line';
import { adviseOnPrint } from '../vocabulary/own-reply';
import { isSame, key, schools } from './check/schools';
import {
  expectStoredAsHash,
  expectWordsInPlace,
  explainClosed,
  explainUnconfirmed,
} from './check/stored-hash';

export default check({
  '4-redis_advanced_op': async (task) => {
    task.explainBy(
      explainSlips(task, 'callback'),
      explainListeners(task),
      explainUnconfirmed(task),
      explainClosed(task),
    );
    const program = await task.run();
    await program.waitUntilSettled();
    expectTaughtStyle(task, 'callback');
    expectCallbacks(task, program, { hset: 3, hgetall: 1 });
    adviseOnPrint(task);

    const stored = await task.redis.type(key);
    if (stored === 'none') program.expectNoRefusal();
    await expectKeyKept(task, program, key);
    expectStoredAsHash(program, stored === 'hash');
    if (!isSame(await task.redis.hash(key))) {
      expectWordsInPlace(program);
      program.expectNoRefusal();
    }
    await task.redis.expectHash(
      key,
      schools,
      'Compare the names and numbers with the task’s, letter by letter.',
      'Call client.hset() for each of the six cities: key, field, value, redis.print.',
    );
    for (const [city, value] of Object.entries(schools)) {
      program.expectSentTimes(
        ['HSET', key, city, value],
        1,
        'Call client.hset() once for each city: key, field, value, redis.print.',
      );
    }
    program.expectSentTimes(['HGETALL', key], 1, {
      never: {
        says: 'Ask for the whole hash with client.hgetall().',
        unless: '$.hgetall($$$)',
        otherwise: 'See that the call of client.hgetall() is reached.',
      },
      other: {
        says: 'Ask for the whole hash with client.hgetall().',
        unless: '$.hgetall($$$)',
        otherwise: `Give client.hgetall() the key ${key}, to the letter.`,
      },
      often: 'Call client.hgetall() once: after the six client.hset(), and in no loop.',
    });
    program.expectOutput(
      [connectedLine, ...Object.keys(schools).map(() => 'Reply: 1'), ...asNodePrints(schools)],
      {
        diagnoses: [
          ...(readsTooEarly(program) ? [tooEarly] : []),
          ...(isShownTwice(program) ? [twice] : [unconfirmed]),
          {
            pattern: /^(?:true|false)$/,
            message:
              'The program prints what client.hgetall() returns at once, not the hash that Redis answers with.',
            next: 'The hash comes later: print it in the callback that client.hgetall() gets.',
          },
          // Beside the hash it comes from another call.
          ...(program.lines.includes('{') ? [] : [errorForHash, noHash]),
          {
            pattern: /^[┌│├└]/,
            message:
              'console.table draws a table; the task shows the object as console.log prints it.',
            next: 'Write console.log in place of console.table.',
            at: { code: 'console.table($$$)' },
          },
          {
            pattern: /^.+\{$/,
            message: 'Something stands before the object; the task prints the object alone.',
            next: 'Hand the object alone to console.log: console.log(reply).',
          },
          {
            pattern: /^\[object Object\]/,
            message: 'The object is made a text on its way: the program prints “[object Object]”.',
            next: 'Hand the object itself to console.log, not a text with it inside.',
          },
          {
            pattern: /^Reply: \[object Object\]$/,
            message: 'redis.print cannot show an object: the program prints “[object Object]”.',
            next: 'Give client.hgetall() a callback of your own that logs the object.',
            at: { calls: ['hgetall'] },
          },
          {
            pattern: /^\{"|^\s*"[^"]+": ?"/,
            message:
              'The object is printed as JSON text; the task shows it as console.log prints an object.',
            next: 'Hand the object itself to console.log.',
          },
          {
            pattern: new RegExp(`^\\W*(?:${Object.keys(schools).join('|')})\\b.*\\d+\\W*$`),
            message: 'The fields are printed one by one; the task shows the whole object.',
            next: 'Hand the object that the callback gets to console.log, as it is.',
          },
        ],
      },
    );

    // A hash that is there already: the program must show what Redis holds.
    await task.redis.command('HSET', key, 'Lille', '7');
    const again = await task.run();
    await again.waitUntilSettled();
    // A program that clears the key before it fills it has put no such field into the answer.
    const kept = await task.redis.command('HEXISTS', key, 'Lille');
    if (kept === 1 && !again.lines.some((line) => line.includes('Lille'))) {
      task.fail({
        class: 'wrong-output',
        message:
          'The object that is printed does not come from Redis: a field that was there before is not in it.',
        next: 'Log the object that the callback of client.hgetall() gets.',
        at: { prints: '{' },
        expected: asNodePrints(await task.redis.hash(key)).join('\n'),
        seen: again.lines.slice(Math.max(0, again.lines.indexOf('{'))).join('\n'),
      });
    }
  },
});

const tooEarly: OutputDiagnosis = {
  pattern: /^(?:\{|null)$/,
  message: 'The hash is asked for before the last of its fields is set.',
  next: 'Call client.hgetall() after all six client.hset().',
  at: { calls: ['hgetall'] },
};

const unconfirmed: OutputDiagnosis = {
  pattern: /^\{$/,
  message: 'A confirmation is missing: the object is printed before six lines “Reply: 1”.',
  next: 'Hand redis.print to each client.hset() as its last argument.',
  at: { lacks: 'Reply: 1' },
};

const twice: OutputDiagnosis = {
  pattern: /^\{$/,
  message: 'The object is printed twice.',
  next: 'Print it once, in the callback of client.hgetall().',
};

function isShownTwice(program: ProgramRun): boolean {
  return program.lines.filter((line) => line === '{').length > 1;
}

/** Whether the hash is asked for while fields of it are still to be set. */
function readsTooEarly(program: ProgramRun): boolean {
  const names = program.commands('HSET', 'HGETALL').map(([name]) => name);
  return names.indexOf('HGETALL') < names.lastIndexOf('HSET');
}

const errorForHash: OutputDiagnosis = {
  pattern: /^null$/,
  message:
    'The program prints the callback’s first argument: the error, which is null if all went well.',
  next: 'Log its second argument: (error, schools) => console.log(schools).',
};

const noHash: OutputDiagnosis = {
  pattern: /^undefined$/,
  message: 'The program prints “undefined”, which is not what Redis answers.',
  next: 'Log the second argument of the callback of client.hgetall(), in that callback.',
};

/** An object as console.log shows it, a line each. */
function asNodePrints(fields: Record<string, string>): string[] {
  const lines = Object.entries(fields).map(
    ([name, value]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: '${value}'`,
  );
  return ['{', ...lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line)), '}'];
}
