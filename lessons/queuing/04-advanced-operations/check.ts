import {
  check,
  commandText,
  type OutputDiagnosis,
  type ProgramRun,
  quote,
  type Task,
} from '#grading';
import { expectTaughtStyle, explainSlips } from '#vocabulary/redis/client-slips';
import { expectKeyKept } from '#vocabulary/redis/key-kept';
import { connectedLine, explainListeners } from '../vocabulary/connected-line';

const key = 'HolbertonSchools';
const schools = {
  Portland: '50',
  Seattle: '80',
  'New York': '20',
  Bogota: '20',
  Cali: '40',
  Paris: '2',
};

export default check({
  '4-redis_advanced_op': async (task) => {
    task.explainBy(explainSlips(task, 'callback'), explainListeners(task));
    const program = await task.run();
    await program.waitUntilSettled();
    expectTaughtStyle(task, 'callback');
    task.source.expectCallbacks();

    if ((await task.redis.type(key)) === 'none') program.expectNoRefusal();
    await expectKeyKept(task, program, key);
    namesTheFieldFirst(task, program);
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
      never: 'Ask for the whole hash with client.hgetall().',
      other: `Give client.hgetall() the key ${key}, to the letter.`,
      often: 'Call client.hgetall() once: after the six client.hset(), and in no loop.',
    });
    program.expectOutput(
      [connectedLine, ...Object.keys(schools).map(() => 'Reply: 1'), ...asNodePrints(schools)],
      {
        diagnoses: [
          ...(readsTooEarly(program) ? [tooEarly] : []),
          {
            pattern: /^\{$/,
            message:
              'A confirmation is missing: the object is printed before six lines “Reply: 1”.',
            next: 'Hand redis.print to each client.hset() as its last argument.',
            at: { lacks: 'Reply: 1' },
          },
          {
            pattern: /^(?:true|false)$/,
            message:
              'The program prints what client.hgetall() returns at once, not the hash that Redis answers with.',
            next: 'The hash comes later: print it in the callback that client.hgetall() gets.',
          },
          // Beside the hash it comes from another call.
          ...(program.lines.includes('{') ? [] : [noHash]),
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
  pattern: /^\{$/,
  message: 'The hash is asked for before the last of its fields is set.',
  next: 'Call client.hgetall() after all six client.hset().',
  at: { calls: ['hgetall'] },
};

/** Whether the hash is asked for while fields of it are still to be set. */
function readsTooEarly(program: ProgramRun): boolean {
  const names = program.commands('HSET', 'HGETALL').map(([name]) => name);
  return names.indexOf('HGETALL') < names.lastIndexOf('HSET');
}

const noHash: OutputDiagnosis = {
  pattern: /^(?:null|undefined)$/,
  message:
    'The program prints “null”, which is no hash: nothing was stored under the key yet, or it is the callback’s first argument.',
  next: 'Call client.hgetall() after the six client.hset(), and log its callback’s second argument.',
};

/** @throws CheckFailure where a city is sent as the value, and its number as the field */
function namesTheFieldFirst(task: Task, program: ProgramRun): void {
  const swapped = program
    .commands('HSET')
    .find(
      ([, name, field, city]) => name === key && city !== undefined && field === numberOf(city),
    );
  if (!swapped) return;
  const [, , field = '', city = ''] = swapped;
  task.fail({
    class: 'wrong-command',
    message: `Field and value have changed places: Redis got ${quote(commandText(swapped))}.`,
    next: 'Hand client.hset() the key, the city as the field, and the number as its value.',
    at: { sends: swapped },
    expected: commandText(['HSET', key, city, field]),
    seen: program.commandLines('HSET'),
  });
}

function numberOf(city: string): string | undefined {
  return Object.entries(schools).find(([name]) => name === city)?.[1];
}

/** An object as console.log shows it, a line each. */
function asNodePrints(fields: Record<string, string>): string[] {
  const lines = Object.entries(fields).map(
    ([name, value]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: '${value}'`,
  );
  return ['{', ...lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line)), '}'];
}
