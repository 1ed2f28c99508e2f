import type { Program } from '../../sandbox/process/program';
import type { Journal } from '../../sandbox/tap/journal';
import type { CourseTerms } from '../course-terms';
import { explainRaw } from '../explain/crash';
import { earlyExit } from '../explain/early-exit';
import { hasError, printedError } from '../explain/printed-error';
import { explainRunningImport } from '../explain/running-import';
import type { NextStep, Place, PlacedFinding } from '../finding';
import { saying } from '../source/locate';
import { Source } from '../source/requirements';
import { notFilledIn, placeholderIn } from './placeholder';
import type { Expected, TranscriptFault } from './transcript';

/** Says why a particular wrong line comes about: where the pattern fits, it replaces the general text. */
export interface OutputDiagnosis {
  pattern: RegExp;
  message: string;
  next: NextStep;
  /** What in the file it comes from, if that is not what prints the line; or its line. */
  at?: Place | readonly Place[];
  line?: number | undefined;
}

export interface TranscriptOptions {
  diagnoses?: OutputDiagnosis[];
  /** The next step where a line is left out or altered, and no diagnosis fits. */
  next?: string;
  /** The next step where it has ended, and a line is missing at the end. */
  ended?: string;
  /** Lines that come once each, wherever they stand. */
  besides?: Expected[];
}

/** The finding about a fault in what a program has printed. */
export function wrongOutput(
  fault: TranscriptFault,
  options: TranscriptOptions,
  { journal, program, course }: { journal: Journal; program: Program; course: CourseTerms },
): PlacedFinding {
  const { got, expected, seen, at, compared } = fault;
  const sides = { expected, seen };
  if (got === undefined) {
    const caught = program.output
      .filter(({ stream }) => stream === 'stderr')
      .map(({ text }) => explainRaw(text, program.file, course))
      .find((one) => one !== undefined);
    if (caught) return { ...sides, ...caught };
    const early = earlyExit(program);
    if (early) return { class: 'wrong-output', ...early, ...sides };
    const ended =
      options.ended ?? 'The program has ended before it came to that: look for what ends it.';
    const next = program.exit ? ended : (options.next ?? fault.next);
    const plain = { class: 'wrong-output' as const, message: fault.message, next, at, ...sides };
    return { ...plain, ...explainBlank(fault, program) };
  }
  const diagnosis = options.diagnoses?.find((one) => one.pattern.test(got));
  const printed = program.output.map((line) => line.text);
  const { name, file } = program;
  const error =
    diagnosis && hasError(got)
      ? undefined
      : printedError(got, printed, { journal, program: name, file, course });
  if (error) return { ...sides, ...error };
  const altered = fault.kind === 'lacking' ? options.next : undefined;
  if (diagnosis) {
    const { message, next, line, at = { prints: got } } = diagnosis;
    return { class: 'wrong-output', message, next, at, line, ...sides };
  }
  const placeholder = placeholderIn(got);
  if (placeholder !== undefined) {
    return { class: 'wrong-output', ...notFilledIn(placeholder), at: { prints: got }, ...sides };
  }
  const { message, next } = fault;
  const plain = { message, next: altered ?? next, at, compared, ...sides };
  const byImport = fault.kind === 'surplus' ? explainRunningImport(got, file) : undefined;
  return { class: 'wrong-output', ...plain, ...byImport };
}

/** An empty line in place of one whose text stands nowhere in the file. */
function explainBlank(
  { message, at }: TranscriptFault,
  { output, file }: Program,
): Partial<PlacedFinding> | undefined {
  const isBlank = output.some(({ stream, text }) => stream === 'stdout' && text.trim() === '');
  const lacking = at && 'lacks' in at ? at.lacks : undefined;
  if (!isBlank || lacking === undefined) return undefined;
  if (saying(new Source(file), lacking) !== undefined) return undefined;
  return {
    message: `${message} An empty line is printed.`,
    next: 'Look for the call of console.log that prints it, and give it the text.',
    at: [{ code: "console.log('')" }, { code: 'console.log()' }],
  };
}
