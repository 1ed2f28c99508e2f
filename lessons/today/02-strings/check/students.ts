import {
  commandText,
  fail,
  isWithin,
  type ProgramRun,
  quote,
  RedisReplyError,
  type Task,
  ts,
} from '#grading';
import { counted, school } from './calls';

/** What Redis says of a value that it cannot count with. */
const refused = /value is not an integer/;

/** The line of a student who cannot be added, with the error's name before its message or without. */
export const refusedLine = {
  pattern: new RegExp(
    `^${school.key}: (?:\\w*Error: )?ERR value is not an integer or out of range$`,
  ),
  shown: `${school.key}: ERR value is not an integer or out of range`,
};

const caught =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the learner is to write it so
  'Put the call of client.incr() into try, and log `${schoolName}: ${error.message}` in catch.';

/** A promise that nobody waits for leaves its `try` before it is rejected. */
const awaited =
  'Put await before the call of client.incr(), inside try: what is not awaited is not caught there.';

/** The blocks of `try` that hold the call already, and have a `catch`. */
function triesIn({ source }: Task): ts.Block[] {
  return source.nodes.flatMap((node) =>
    ts.isTryStatement(node) &&
    node.catchClause !== undefined &&
    source.calls('incr').some((call) => isWithin(call, node.tryBlock))
      ? [node.tryBlock]
      : [],
  );
}

/** Whether nothing is awaited within a block. */
function isHasty(block: ts.Node): boolean {
  return (
    !ts.isAwaitExpression(block) && !ts.forEachChild(block, (child) => !isHasty(child) || undefined)
  );
}

/**
 * The error of a school without a number is caught.
 * @param run after it has come to rest
 * @throws CheckFailure where it ends the program
 */
export function expectCaught(task: Task, { program }: ProgramRun): void {
  if (!program.errors.some(({ message }) => refused.test(message))) return;
  fail({
    class: 'crash',
    message: `Redis refuses ${quote(`INCR ${school.key}`)}, as ${quote(school.value)} is no number, and nothing catches the error.`,
    next: triesIn(task).length > 0 ? awaited : caught,
    at: { calls: ['incr', 'incrBy', 'INCR'] },
  });
}

/**
 * Redis has counted, in one command for each student, and its error is told.
 * @throws CheckFailure otherwise
 */
export function expectCounted(task: Task, program: ProgramRun): void {
  for (const { key } of [counted, school]) {
    const counting = program.sent.find(({ words }) => counts(words, key));
    if (counting?.reply instanceof RedisReplyError) expectTold(task, program, key);
    if (counting) {
      expectIncr(counting.words);
      continue;
    }
    const written = program
      .commands('SET')
      .find((words) => words[1] === key && words[2] === String(Number(counted.value) + 1));
    if (!written) {
      program.expectSent(['INCR', key], {
        says: `Call addStudent('${key}').`,
        unless: `addStudent('${key}')`,
        otherwise: 'Let addStudent count in Redis: await client.incr(schoolName).',
      });
    }
    fail({
      class: 'wrong-command',
      message: `The number is read, and written back by ${quote(commandText(written ?? []))}: of two programs that do so at once, one student is lost.`,
      next: 'Let Redis count, in one command: await client.incr(schoolName).',
      at: { sends: written ?? [] },
      expected: commandText(['INCR', key]),
      seen: program.commandLines('GET', 'SET', 'INCR'),
    });
  }
}

/** What Redis says of a list that is to be counted with. */
const wrongType = 'WRONGTYPE Operation against a key holding the wrong kind of value';

/**
 * What Redis says is printed, whatever it is.
 * @param program run with a list in the key of the first student's school
 * @throws CheckFailure otherwise
 */
export function expectRefusalTold(program: ProgramRun): void {
  const { key } = counted;
  const told = new RegExp(`^${key}: (?:\\w*Error: )?${wrongType}$`);
  if (program.lines.some((line) => told.test(line))) return;
  fail({
    class: 'wrong-output',
    message: `With a list in the key ${quote(key)}, the program does not print what Redis says of it.`,
    next: 'Print the message of the error that is caught, error.message, and not a text from the file.',
    at: [
      { text: 'not an integer' },
      { code: 'try { $$$ } catch ($) { $$$ }' },
      { calls: ['incr', 'INCR'] },
    ],
    expected: `${key}: ${wrongType}`,
    seen: program.outputLines.join('\n'),
  });
}

/** @throws CheckFailure where another command counts by 1 */
function expectIncr(words: readonly string[]): void {
  if (words[0] === 'INCR') return;
  fail({
    class: 'wrong-command',
    message: `Redis got ${quote(commandText(words))}; the task asks for INCR, which adds 1 by itself.`,
    next: 'Write client.incr(schoolName).',
    at: [{ calls: ['incrBy', 'INCRBY'] }, { sends: words }],
    expected: commandText(['INCR', words[1] ?? '']),
    seen: commandText(words),
  });
}

/**
 * The number that is printed is the one that INCR has answered with.
 * @throws CheckFailure where it is read again
 */
export function expectNotReadAgain(program: ProgramRun): void {
  const { key } = counted;
  const sent = program.commands('INCR', 'GET').filter((words) => words[1] === key);
  const counting = sent.findIndex(([name]) => name === 'INCR');
  const read = sent.find(([name], at) => name === 'GET' && at > counting);
  if (counting < 0 || !read) return;
  fail({
    class: 'wrong-command',
    message: `The new number is read by a second command, ${quote(commandText(read))}: between the two another program may count.`,
    next: 'Print what client.incr() answers with: it is the new number.',
    at: { calls: ['incr', 'INCR'] },
    expected: commandText(['INCR', key]),
    seen: sent.map(commandText).join('\n'),
  });
}

function counts([name, key, by]: readonly string[], wanted: string): boolean {
  return key === wanted && (name === 'INCR' || (name === 'INCRBY' && by === '1'));
}

function expectTold(task: Task, program: ProgramRun, key: string): void {
  if (program.lines.some((line) => refused.test(line))) return;
  const line = program.outputLines.find((one) => refused.test(one));
  if (line !== undefined) {
    fail({
      class: 'wrong-output',
      message: 'The error goes to standard error; the task asks for console.log.',
      next: 'Write console.log in place of what prints it.',
      at: { code: 'console.error($$$)' },
      expected: refusedLine.shown,
      seen: program.outputLines.join('\n'),
    });
  }
  fail({
    class: 'wrong-output',
    message: `Redis refuses ${quote(`INCR ${key}`)}, and the program does not print what it says.`,
    next: triesIn(task).some(isHasty) ? awaited : caught,
    at: [{ code: 'try { $$$ } catch ($) { $$$ }' }, { calls: ['incr', 'incrBy', 'INCR'] }],
    expected: refusedLine.shown,
    seen: program.lines.join('\n'),
  });
}
