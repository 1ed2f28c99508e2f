import type { Journal } from '../../sandbox/tap/journal';
import type { CourseTerms } from '../course-terms';
import type { PlacedFinding } from '../finding';
import { explainRaw } from './crash';
import { printedRefusal, refusal } from './refusals';

/** An error of Redis or of JavaScript in a printed line, whatever stands before it. */
const anyError = /\b(?:Reply|Abort|Type|Reference|Range)Error: .+|\bError: node_redis: .+/;

/** The message of an error alone, without its name, at the end of a line. */
const bareErrors: Readonly<Record<string, RegExp>> = {
  TypeError:
    /(?:^|: )(\S+ is not (?:a function|iterable|a constructor)|Cannot (?:read|set) propert.*|The "\w+" argument must be .*)$/,
  ReferenceError: /(?:^|: )(\S+ is not defined)$/,
};

/** What an error that a line ends with would be called. */
function errorIn(line: string): string | undefined {
  const [whole] = anyError.exec(line) ?? [];
  if (whole !== undefined) return whole;
  for (const [name, pattern] of Object.entries(bareErrors)) {
    const [, message] = pattern.exec(line) ?? [];
    if (message !== undefined) return `${name}: ${message}`;
  }
  return undefined;
}

/** Whether a line has an error in it that no task asks a program to print. */
export function hasError(line: string): boolean {
  return anyError.test(line);
}

/**
 * Why a program printed an error where a line of the task's belongs; or nothing but `null` and
 * `undefined`, which an error leaves where the answer should be.
 * @param line what was printed in place of the wanted line
 * @param all everything that the program printed
 * @param file the learner's, absolute
 * @returns nothing where no error can be seen
 */
export function printedError(
  line: string,
  all: readonly string[],
  seen: { journal: Journal; program: string; file: string; course: CourseTerms },
): PlacedFinding | undefined {
  const { journal, program, file, course } = seen;
  const isNothing = /^(?:null|undefined)$/.test(line);
  const shown = isNothing ? all.find(hasError) : line;
  const refused = printedRefusal(journal, program, line);
  if (refused) return refused;
  const error = errorIn(shown ?? '');
  if (error?.startsWith('ReplyError') || (isNothing && error === undefined)) {
    return refusal(journal, program);
  }
  return error === undefined ? undefined : explainRaw(error, file, course);
}
