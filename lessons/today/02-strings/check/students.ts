import {
  commandText,
  fail,
  type NextStep,
  type ProgramRun,
  quote,
  RedisReplyError,
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
const awaited: NextStep = {
  says: caught,
  unless: ['try { $$$; const $ = $.incr($$$); $$$ } catch ($) { $$$ }'],
  otherwise: 'Await the call of client.incr() inside try: what is not awaited is not caught there.',
};

/**
 * The error of a school without a number is caught.
 * @param program after it has come to rest
 * @throws CheckFailure where it ends the program
 */
export function expectCaught({ program }: ProgramRun): void {
  if (!program.errors.some(({ message }) => refused.test(message))) return;
  fail({
    class: 'crash',
    message: `Redis refuses ${quote(`INCR ${school.key}`)}, as ${quote(school.value)} is no number, and nothing catches the error.`,
    next: awaited,
    at: { calls: ['incr', 'incrBy', 'INCR'] },
  });
}

/**
 * Redis has counted, in one command for each student, and its error is told.
 * @throws CheckFailure otherwise
 */
export function expectCounted(program: ProgramRun): void {
  for (const { key } of [counted, school]) {
    const counting = program.sent.find(({ words }) => counts(words, key));
    if (counting?.reply instanceof RedisReplyError) expectTold(program, key);
    if (counting) continue;
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

function counts([name, key, by]: readonly string[], wanted: string): boolean {
  return key === wanted && (name === 'INCR' || (name === 'INCRBY' && by === '1'));
}

function expectTold(program: ProgramRun, key: string): void {
  if (program.outputLines.some((line) => refused.test(line))) return;
  fail({
    class: 'wrong-output',
    message: `Redis refuses ${quote(`INCR ${key}`)}, and the program does not print what it says.`,
    next: caught,
    at: [{ code: 'try { $$$ } catch ($) { $$$ }' }, { calls: ['incr', 'incrBy', 'INCR'] }],
    expected: refusedLine.shown,
    seen: program.lines.join('\n'),
  });
}
