import { commandText, fail, nearest, type ProgramRun, quote } from '#grading';
import { key, schools } from './schools';

const next = 'Hand client.hSet() the key and one object with all six: { Portland: 50, … }.';

/**
 * The six cities were set in one HSET.
 * @returns them with their numbers, in the order of the HSET, which is the file's choice
 * @throws CheckFailure otherwise
 */
export function expectOneHSet(program: ProgramRun): Record<string, string> {
  const sets = program.commands('HSET');
  const sides = {
    expected: commandText(['HSET', key, ...Object.entries(schools).flat()]),
    seen: program.commandLines('HSET', 'HMSET', 'SET', 'MSET', 'JSON.SET'),
  };
  const [first, second] = sets;
  if (!first) failOther(program, sides);
  if (second && sets.every((words) => words.length < 14)) {
    fail({
      class: 'wrong-command',
      message: `Redis got ${sets.length} HSET with one part of the schools each; the task asks for one HSET with all six.`,
      next,
      at: [{ sends: first }, { calls: ['hSet', 'HSET'] }],
      ...sides,
    });
  }
  const set = sets.find((words) => words.length === 14) ?? first;
  if (set[1] !== key) {
    fail({
      class: 'wrong-command',
      message: `The hash is stored under the key ${quote(set[1] ?? '')}; the task’s key is ${quote(key)}.`,
      next: 'Write the key as the task has it, to the letter.',
      at: [{ names: [set[1] ?? ''] }, { calls: ['hSet', 'HSET'] }],
      ...sides,
    });
  }
  const pairs = pairsOf(set);
  expectFields(pairs, sides);
  return Object.fromEntries(pairs);
}

type Sides = { expected: string; seen: string };

function pairsOf([, , ...words]: readonly string[]): Map<string, string> {
  const pairs = new Map<string, string>();
  for (let at = 0; at < words.length; at += 2) pairs.set(words[at] ?? '', words[at + 1] ?? '');
  return pairs;
}

/** @throws CheckFailure at the first city that is missing, too many, or has another number */
function expectFields(pairs: ReadonlyMap<string, string>, sides: Sides): void {
  const strange = [...pairs.keys()].filter((field) => !(field in schools));
  const wrong = (message: string, step: string, names: string[]) =>
    fail({ class: 'wrong-command', message, next: step, at: { names }, ...sides });
  for (const [city, number] of Object.entries(schools)) {
    const seen = pairs.get(city);
    if (seen === number) continue;
    if (seen !== undefined) {
      wrong(
        `The HSET has ${quote(seen)} for ${quote(city)}; the task’s number is ${quote(number)}.`,
        `Write ${number} for it.`,
        [seen, city],
      );
    }
    const like = nearest(city, strange);
    if (like !== undefined) {
      wrong(
        `The HSET has a field ${quote(like)} where ${quote(city)} is asked for.`,
        'Write the city as the task has it: capitals, blanks and accents count.',
        [like],
      );
    }
    wrong(`The HSET has no field ${quote(city)}.`, next, [key]);
  }
  const [other] = strange;
  if (other === undefined) return;
  wrong(
    `The HSET has a field ${quote(other)} that the task does not name.`,
    'Take it out of the object.',
    [other],
  );
}

/** @throws CheckFailure naming what was sent in place of an HSET */
function failOther(program: ProgramRun, sides: Sides): never {
  const other = program
    .commands()
    .find(([name = '', ...words]) => /SET/.test(name) && words.some((word) => word.includes(key)));
  const isText = other?.[0] === 'SET';
  fail({
    class: isText ? 'wrong-data' : 'wrong-command',
    message: other
      ? isText
        ? 'The schools are stored as one text, by SET; the task asks for a hash.'
        : `The schools are stored by ${other[0]}; the task asks for HSET.`
      : 'The program sends nothing that stores the schools in Redis.',
    next,
    at: other ? [{ sends: other }, { names: [key] }] : [{ names: [key] }],
    ...sides,
  });
}
