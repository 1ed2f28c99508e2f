import type { OutputDiagnosis } from '#grading';
import { joined, moved, numberOf, schools } from './schools';

/** An object as console.log shows it, a line each. */
export function asNodePrints(fields: Readonly<Record<string, string>>): string[] {
  const lines = Object.entries(fields).map(
    ([name, value]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: '${value}'`,
  );
  return ['{', ...lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line)), '}'];
}

/** What the program prints once it is connected. */
export const printed = [
  `Reply: ${Object.keys(schools).length}`,
  ...asNodePrints(schools),
  `${joined.city}: ${numberOf(joined.city, joined.count)}`,
  `${moved.from}: ${numberOf(moved.from, -moved.count)}, ${moved.to}: ${numberOf(moved.to, moved.count)}`,
];

/** Lines that often stand in place of those, and where they come from. */
export const diagnoses: OutputDiagnosis[] = [
  {
    pattern: /^Promise \{|\[object Promise\]/,
    message: 'The program prints a promise, not the reply that it will hold.',
    next: 'Put await before the command, and print what that gives.',
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
      'The numbers of the object have no quotes: it is the program’s own, as Redis holds text.',
    next: 'Log what client.hGetAll() answers with.',
    at: { calls: ['hGetAll'] },
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
