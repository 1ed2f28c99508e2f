import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Graded } from '../course/grading';
import type { FailureClass, Finding } from '../grading/verdict';
import { unicodeGlyphs } from './terminal/glyphs';
import { sanitize } from './terminal/invisible';

/** A finding where an editor shows it: at a line of a file. */
export interface Problem {
  /** Absolute. */
  file: string;
  /** From 1; the first where the line is not known. */
  line: number;
  /** From 1: where the line's text begins, and just behind its end. */
  column: number;
  endColumn: number;
  /** An error of the file; a warning where this machine is at fault; information where it is only not begun. */
  severity: 'error' | 'warning' | 'info';
  class: FailureClass;
  /** What is wrong, one line. */
  message: string;
  /** The next step, one line. */
  next: string;
}

/** The findings of a verdict; none after a pass, or where no file of the lesson is there. */
export function problemsOf({ verdict, files }: Graded): Problem[] {
  const [first] = files;
  if (first === undefined || verdict.verdict === 'passed') return [];
  const found = verdict.parts.flatMap(({ file, finding }) => (finding ? [{ file, finding }] : []));
  const { finding } = verdict;
  const all = found.length === 0 && finding ? [{ file: path.basename(first), finding }] : found;
  return all.map((one) => {
    const own = files.find((file) => path.basename(file) === one.file);
    // A file that is missing is told of in one that is there.
    return own === undefined
      ? problemAt(first, { ...one.finding, line: undefined })
      : problemAt(own, one.finding);
  });
}

/** A problem in one line, for programs that read `file:line:column: severity: message [class]`. */
export function problemLine(problem: Problem): string {
  const { file, line, column, severity, message, next } = problem;
  return `${file}:${line}:${column}: ${severity}: ${message} → ${next} [${problem.class}]`;
}

type PlacedAt = Omit<Finding, 'line'> & { line?: number | undefined };

function problemAt(file: string, { line = 1, ...finding }: PlacedAt): Problem {
  const text = textOfLine(file, line);
  return {
    file,
    line,
    column: text.trim() === '' ? 1 : text.length - text.trimStart().length + 1,
    endColumn: text.trimEnd().length + 1,
    severity: severityOf(finding),
    class: finding.class,
    message: oneLine(finding.message),
    next: oneLine(finding.next),
  };
}

function severityOf(finding: Omit<Finding, 'line'>): Problem['severity'] {
  if (finding.environment) return 'warning';
  return finding.class === 'not-begun' ? 'info' : 'error';
}

/** Empty where the file has no such line, or is no text. */
function textOfLine(file: string, line: number): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)[line - 1] ?? '';
  } catch {
    return '';
  }
}

/** Programs read it a line at a time, whatever a learner's program has put into it. */
function oneLine(text: string): string {
  return sanitize(text.replace(/\s*\n\s*/g, ' ').trim(), unicodeGlyphs);
}
