import { sameButInvisible, similar } from '../explain/edit-distance';
import { quote } from '../finding';
import { alteredLine, exactly, type LineFault, unaskedLine } from './line-fault';

/** One line to expect: its text, or a pattern with what to call it on the screen. */
export type Expected = string | { pattern: RegExp; shown: string };

/** A place in the transcript: one line, or several in whatever order they come. */
export type Step = Expected | { anyOrder: Expected[] };

/** What is wrong with a transcript: one sentence, and both sides whole. */
export interface TranscriptFault extends LineFault {
  /** Whether a line is left out or altered, or one is too many or in the wrong place. */
  kind: 'lacking' | 'surplus' | 'order';
  expected: string;
  seen: string;
  /** What was printed in its place. */
  got?: string;
}

/** Lines whose order is free. */
export function anyOrder(...lines: Expected[]): Step {
  return { anyOrder: lines };
}

/** A line with a part that cannot be known before, such as a job's id. */
export function like(shown: string, pattern: RegExp): Expected {
  return { pattern, shown };
}

/** Whether one printed line is the expected one. */
export function matches(expected: Expected, line: string): boolean {
  return typeof expected === 'string' ? expected === line : expected.pattern.test(line);
}

/** The expected line as a person reads it. */
export function shown(expected: Expected): string {
  return typeof expected === 'string' ? expected : expected.shown;
}

/**
 * Compares printed lines with the steps; nothing may be missing, and nothing may be left over.
 * @returns the first fault, or nothing
 */
export function compare(
  steps: readonly Step[],
  printed: readonly string[],
): TranscriptFault | undefined {
  const groups = steps.map((step) =>
    typeof step === 'object' && 'anyOrder' in step ? [...step.anyOrder] : [step],
  );
  const all = groups.flat();
  const whole = { expected: all.map(shown).join('\n'), seen: printed.join('\n') };
  let at = 0;
  for (const group of groups) {
    while (group.length > 0) {
      const line = printed[at];
      const index = line === undefined ? -1 : group.findIndex((one) => matches(one, line));
      if (index < 0) return { ...describe(group, all, printed, at), ...whole };
      group.splice(index, 1);
      at += 1;
    }
  }
  const extra = printed[at];
  return extra === undefined ? undefined : { ...surplus(extra, all, printed), ...whole };
}

type Part = Omit<TranscriptFault, 'expected' | 'seen'>;

function surplus(line: string, all: readonly Expected[], printed: readonly string[]): Part {
  const wanted = timesIn(all, line);
  const more = printed.filter((one) => one === line).length - wanted;
  return wanted > 0
    ? {
        kind: 'surplus',
        message: `The line ${quote(line)} is printed ${more === 1 ? 'once' : `${more} times`} too often.`,
        next: 'Look for what prints it again: a call made twice, or a listener added twice.',
        got: line,
        at: { prints: line, which: 'last' },
      }
    : { kind: 'surplus', ...unaskedLine(line), got: line };
}

/** How often a line is among the expected. */
function timesIn(all: readonly Expected[], line: string): number {
  return all.filter((one) => matches(one, line)).length;
}

function describe(
  group: Expected[],
  all: Expected[],
  printed: readonly string[],
  at: number,
): Part {
  const got = printed[at];
  // Of lines in any order the one that was meant, so that the message hangs on no order either.
  const meant = group.find((one) => got !== undefined && similar(shown(one), got));
  const line = meant ?? (group[0] as Expected);
  const wanted = quote(shown(line));
  const call = 'Look for the call that should print it: is it made, and does it run?';
  if (got === undefined) {
    const before = printed[at - 1];
    const where =
      before === undefined ? 'nothing was printed' : `nothing came after ${quote(before)}`;
    return {
      kind: 'lacking',
      message: `The line ${wanted} is missing: ${where}.`,
      next: call,
      at: { lacks: shown(line) },
    };
  }
  if (typeof line === 'string' && sameButInvisible(line, got)) {
    return {
      kind: 'lacking',
      message: `The line ${wanted} has spaces or invisible characters that do not belong there.`,
      next: exactly(line, 'capitals'),
      got,
      at: { prints: got },
      compared: [line, got],
    };
  }
  const tooOften = printed.filter((one) => one === got).length > timesIn(all, got);
  const due = all.filter((one) => shown(one) === shown(line)).length;
  // Where the wanted line comes as often as it should, this one was not meant for it.
  if (printed.filter((one) => matches(line, one)).length >= due) {
    if (tooOften) return surplus(got, all, printed);
    return {
      kind: 'order',
      message: `The line ${quote(got)} comes before ${wanted}: the order is wrong.`,
      next: 'Look at the order of the calls, and at which of them wait for a reply.',
      got,
      at: { prints: got },
    };
  }
  if (!tooOften) {
    const message = `The line ${wanted} is missing: ${quote(got)} comes in its place.`;
    return { kind: 'lacking', message, next: call, got, at: { lacks: shown(line) } };
  }
  return { kind: 'lacking', ...alteredLine(shown(line), got, 'capitals'), got };
}
