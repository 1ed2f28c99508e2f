import type { Program } from '../../sandbox/process/program';
import type { Journal } from '../../sandbox/tap/journal';
import { explainRaw } from '../explain/crash';
import { printedError, tellsError } from '../explain/printed-error';
import type { Finding } from '../verdict';
import type { Expected, TranscriptFault } from './transcript';

/** Says why a particular wrong line comes about: where the pattern fits, it replaces the general text. */
export interface OutputDiagnosis {
  pattern: RegExp;
  message: string;
  next: string;
  /** Where in the file it comes from, where that is not what prints the line. */
  line?: number | undefined;
}

export interface TranscriptOptions {
  diagnoses?: OutputDiagnosis[];
  /** The next step where a line is left out or altered, and no slip fits. */
  next?: string;
  /** The next step where it has ended, and a line is missing at the end. */
  ended?: string;
  /** Lines that come once each, wherever they stand. */
  besides?: Expected[];
}

/** What is told of a fault in what a program has printed. */
export function wrongOutput(
  fault: TranscriptFault,
  options: TranscriptOptions,
  { journal, program }: { journal: Journal; program: Program },
): Finding {
  const { got, expected, seen } = fault;
  const sides = { expected, seen };
  if (got === undefined) {
    const told = program.output
      .filter(({ stream }) => stream === 'stderr')
      .map(({ text }) => explainRaw(text, program.file))
      .find((one) => one !== undefined);
    if (told) return { ...sides, ...told };
    const ended =
      options.ended ?? 'The program has ended before it came to that: look for what ends it.';
    const next = program.exit ? ended : (options.next ?? fault.next);
    return { class: 'wrong-output', message: fault.message, next, ...sides };
  }
  const slip = options.diagnoses?.find((one) => one.pattern.test(got));
  const printed = program.output.map((line) => line.text);
  const { name, file } = program;
  const error =
    slip && tellsError(got)
      ? undefined
      : printedError(got, printed, { journal, program: name, file });
  if (error) return { ...sides, ...error };
  const altered = fault.kind === 'lacking' ? options.next : undefined;
  return {
    class: 'wrong-output',
    message: slip?.message ?? fault.message,
    next: slip?.next ?? altered ?? fault.next,
    ...sides,
    ...(slip?.line === undefined ? {} : { line: slip.line }),
  };
}
