import type { Finding } from './verdict';

/**
 * What in a learner's file a finding is about, in the file's own terms: the syntax tree
 * gives the line (explain/finding-line.ts).
 */
export type Place =
  /** The call of one of these names, the likeliest first; or only if it is the only one. */
  | { calls: readonly string[]; only?: true }
  /** What prints this line; the last of several if it is printed too often. */
  | { prints: string; which?: 'first' | 'last' }
  /** A line that should be printed and is not: the text that would print it. */
  | { lacks: string }
  /** The only text that is just this one. */
  | { text: string }
  /** What sends this command: its name and its arguments. */
  | { sends: readonly string[] }
  /** The text that is just one of these, or what is declared under one: the one that stands there least often. */
  | { names: readonly string[] }
  /**
   * The route that answers this path; if the finding shows the answer, what in it does not belong
   * there, or else the field with its value, or what it calls.
   */
  | RoutePlace
  /** Where an error of this text comes from, which nobody printed. */
  | { throws: string }
  /** The first piece that is written so: a pattern of source/pattern.ts. */
  | { code: string };

export interface RoutePlace {
  /** The path that was asked for. */
  route: string;
  field?: string | undefined;
  value?: unknown;
  calls?: readonly string[];
  /** A text that hangs on a condition: the condition is meant. */
  decides?: string;
  /** The first piece of the route that is written so, a pattern of source/pattern.ts. */
  code?: string;
}

/** One sentence; or one that is told unless the file shows that it is done already. */
export type NextStep =
  | string
  | {
      says: string;
      /** Patterns of source/pattern.ts: with one of them in the file the step is taken. */
      unless: string | readonly string[];
      otherwise: NextStep;
    };

/** A finding as a check makes it: what only the engine reads is taken off before the verdict. */
export interface PlacedFinding extends Omit<Finding, 'next'> {
  next: NextStep;
  /** Where it belongs, if the line itself is not given: the first of these that the file has. */
  at?: Place | readonly Place[];
  /** The two texts that the message sets against each other: they may look the same. */
  compared?: readonly [wanted: string, got: string];
}

/** Ends a part's check with its finding. */
export class CheckFailure extends Error {
  override name = 'CheckFailure';
  constructor(readonly finding: PlacedFinding) {
    super(finding.message);
  }
}

/** @throws CheckFailure always */
export function fail(finding: PlacedFinding): never {
  throw new CheckFailure(finding);
}

/** Text as it stands in a message: in quotation marks that no program prints by itself. */
export function quote(text: string): string {
  return `“${text}”`;
}
