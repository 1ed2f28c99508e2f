import {
  commandText,
  fail,
  type ProgramRun,
  quote,
  type Task,
  ts,
  type WireCommand,
} from '#grading';
import { key, moved } from './schools';

const transaction = ['MULTI', 'EXEC', 'DISCARD'];

/**
 * The students were moved by one transaction: both fields are changed between MULTI and EXEC.
 * @throws CheckFailure otherwise
 */
export function expectMovedTogether({ source }: Task, program: ProgramRun): void {
  const wanted = [
    ['HINCRBY', key, moved.from, String(-moved.count)],
    ['HINCRBY', key, moved.to, String(moved.count)],
  ];
  const sides = {
    expected: ['MULTI', ...wanted.map(commandText), 'EXEC'].join('\n'),
    seen: program.commandLines(...transaction, 'HINCRBY', 'HSET', 'HGET'),
  };
  const at = [{ calls: ['multi', 'MULTI'] }, { calls: ['moveStudents'] }];
  const missing = wanted.find((words) => !program.commands().some((one) => isSame(one, words)));
  if (missing) {
    const other = program
      .commands('HINCRBY')
      .find((words) => words[2] === missing[2] || words[3] === missing[3]);
    const [script] = program.commands('EVAL', 'EVALSHA');
    if (script) failScript(script, sides);
    const isLeft = source.countCalls('multi') > 0 && source.countCalls('exec') === 0;
    fail({
      class: 'wrong-command',
      message:
        isLeft && !source.mentions('execAsPipeline') && !source.mentions('execTyped')
          ? 'What multi() has collected is never sent: nothing calls exec().'
          : `Redis never got ${quote(commandText(missing))}${other ? `; it got ${quote(commandText(other))}` : ''}.`,
      next: {
        says: 'End the chain with exec(), and await it: await client.multi().….exec().',
        unless: '$.exec()',
        otherwise:
          'Take count from the one with hIncrBy(KEY, from, -count), and add it to the other with hIncrBy(KEY, to, count).',
      },
      at: other ? [{ sends: other }, ...at] : at,
      ...sides,
    });
  }
  const together = blocksOf(program.sent).some((block) =>
    wanted.every((words) => block.some((one) => isSame(one, words))),
  );
  if (together) return;
  const isPipeline = source.mentions('execAsPipeline');
  fail({
    class: 'wrong-command',
    message: isPipeline
      ? 'execAsPipeline() sends the commands without MULTI and EXEC: others may come between them.'
      : 'The two fields are not changed in one transaction: another program may come between, or only the first be changed.',
    next: isPipeline
      ? 'Write exec() in its place.'
      : 'Put both into one chain: await client.multi().hIncrBy(…).hIncrBy(…).exec().',
    at: isPipeline ? { names: ['execAsPipeline'] } : [...at, { calls: ['hIncrBy'] }],
    ...sides,
  });
}

/** @throws CheckFailure always: the fields are changed by a script */
function failScript(words: string[], sides: { expected: string; seen: string }): never {
  fail({
    class: 'wrong-command',
    message:
      'A script moves the students; the task asks for a transaction, which goes from MULTI to EXEC.',
    next: 'Write await client.multi().hIncrBy(KEY, from, -count).hIncrBy(KEY, to, count).exec() in its place.',
    at: [{ sends: words }, { calls: ['eval', 'evalSha', 'EVAL'] }, { calls: ['moveStudents'] }],
    ...sides,
  });
}

/**
 * The replies of the transaction are waited for.
 * @throws CheckFailure where the promise of exec() is taken apart like the array that it will hold
 */
export function expectExecAwaited({ source }: Task, program: ProgramRun): void {
  if (program.lines.some((line) => line.startsWith(`${moved.from}: `))) return;
  const hasty = ['exec', 'EXEC', 'execTyped']
    .flatMap((name) => source.calls(name))
    .find(
      ({ parent }) => ts.isVariableDeclaration(parent) && ts.isArrayBindingPattern(parent.name),
    );
  if (!hasty) return;
  fail({
    class: 'wrong-output',
    message:
      'exec() is not awaited: it gives a promise, which cannot be taken apart like an array.',
    next: 'Put await before the chain that ends with exec().',
    line: source.lineOf(hasty),
    seen: program.outputLines.join('\n'),
  });
}

/** What each transaction is made of: the commands of one connection between MULTI and EXEC. */
function blocksOf(sent: readonly WireCommand[]): string[][][] {
  const open = new Map<number, string[][]>();
  const done: string[][][] = [];
  for (const { connection, words } of sent) {
    const block = open.get(connection);
    if (words[0] === 'MULTI') open.set(connection, []);
    else if (words[0] === 'EXEC' && block) done.push(block);
    else block?.push(words);
    if (transaction.slice(1).includes(words[0] ?? '')) open.delete(connection);
  }
  return done;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at]);
}
