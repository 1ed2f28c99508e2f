import type { OutputDiagnosis } from '#grading';
import { joined, moved, numberOf, schools } from './schools';

/** An object as console.log shows it, a line each. */
export function asNodePrints(fields: Readonly<Record<string, string>>): string[] {
  const lines = Object.entries(fields).map(
    ([name, value]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: '${value}'`,
  );
  return ['{', ...lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line)), '}'];
}

/**
 * What the program prints once it is connected.
 * @param stored the schools in the order in which Redis got them, and hands them out
 */
export function printed(stored: Readonly<Record<string, string>>): string[] {
  return [
    `Reply: ${Object.keys(schools).length}`,
    ...asNodePrints(stored),
    `${joined.city}: ${numberOf(joined.city, joined.count)}`,
    `${moved.from}: ${numberOf(moved.from, -moved.count)}, ${moved.to}: ${numberOf(moved.to, moved.count)}`,
  ];
}

/** The cities whose numbers stay as they are stored. */
const unchanged = Object.entries(schools).filter(
  ([city]) => ![joined.city, moved.from, moved.to].includes(city),
);

/** Lines that often stand in place of those, and where they come from. */
export const diagnoses: OutputDiagnosis[] = [
  {
    pattern: /^Promise \{|\[object Promise\]/,
    message: 'The program prints a promise, not the reply that it will hold.',
    next: 'Put await before the command, and print what that gives.',
  },
  {
    pattern: new RegExp(`^${moved.from}: .*\\[object Object\\]`),
    message:
      'The program prints the chain of multi(), not replies: what is called on it is collected, and gives the chain again.',
    next: 'Await exec() alone, and print its replies: const [left, arrived] = await ….exec().',
    at: [{ code: 'await $.hIncrBy($, $, -$)' }, { calls: ['multi', 'MULTI'] }],
  },
  {
    pattern: /\[object Object\]/,
    message: 'The object is made a text on its way: the program prints “[object Object]”.',
    next: 'Hand the object itself to console.log, not a text with it inside.',
  },
  {
    pattern: /^\{"|^\s*"[^"]+": ?"/,
    message:
      'The object is printed as JSON text; the task shows it as console.log prints an object.',
    next: 'Hand the object itself to console.log.',
    at: [{ calls: ['stringify'] }, { calls: ['hGetAll'] }],
  },
  {
    pattern: /^[┌│├└]/,
    message: 'console.table draws a table; the task shows the object as console.log prints it.',
    next: 'Write console.log in place of console.table.',
    at: { code: 'console.table($$$)' },
  },
  {
    pattern: /^.+\{$/,
    message: 'Something stands before the object; the task prints the object alone.',
    next: 'Hand the object alone to console.log.',
  },
  {
    pattern: /^ {2}\S.*: \d+,?$/,
    message:
      'The numbers of the object have no quotes: Redis holds text, and so does what HGETALL answers with.',
    next: 'Log what client.hGetAll() answers with, as it came.',
    at: { calls: ['hGetAll'] },
  },
  {
    pattern: new RegExp(
      `^(?:${unchanged.map(([city, number]) => `${city}\\W+${number}`).join('|')})$`,
    ),
    message:
      'The fields are printed one by one; the task shows the object as console.log prints it.',
    next: 'Hand the object itself to console.log, without a loop.',
    at: { calls: ['hGetAll', 'HGETALL'] },
  },
  {
    pattern: new RegExp(
      `^${moved.from}: ${numberOf(moved.to, moved.count)}, ${moved.to}: ${numberOf(moved.from, -moved.count)}$`,
    ),
    message:
      'The two new numbers have changed places: exec() answers in the order of the commands in the chain.',
    next: 'Take the replies in that order: the first is what the first hIncrBy() answers with.',
    at: { calls: ['exec', 'EXEC', 'execTyped'] },
  },
  {
    pattern: /undefined|NaN/,
    message: 'The program prints a value that is none of what Redis answers.',
    next: 'Print what the awaited command gives; exec() gives an array, with a reply for each command.',
  },
  {
    pattern: /^\[|^.*: \d+,\d+$/,
    message: 'The array of exec() is printed as it is; the task shows each number behind its city.',
    next: 'Take the array apart: const [left, arrived] = await ….exec().',
  },
  {
    pattern: /^\d+$/,
    message: 'A reply is printed alone; the task shows a text before it.',
    next: 'Put the text of the task before it: “Reply: ”, or the city.',
  },
];
