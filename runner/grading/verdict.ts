import type { Isolation } from '../sandbox/isolation/level';

/** What kind of failure it was; shown before any detail. */
export const failureClasses = [
  'redis-unreachable',
  'syntax-error',
  'missing-module',
  'missing-export',
  'crash',
  'time-out',
  'did-not-exit',
  'output-limit',
  'memory-limit',
  'wrong-output',
  'wrong-command',
  'wrong-data',
  'wrong-answer',
  'wrong-port',
  'requirement-not-met',
  'unreadable-file',
  'missing-file',
  'not-begun',
  'forged-report',
] as const;

export type FailureClass = (typeof failureClasses)[number];

export type Outcome = 'passed' | 'failed' | 'missing';

/** A failure as a check finds it: everything a learner needs to act on it. */
export interface Finding {
  class: FailureClass;
  /** What is wrong, one sentence on one line. */
  message: string;
  /** The next step, one sentence on one line. */
  next: string;
  /** The expected and the seen, raw; the report marks the difference and the invisible. */
  expected?: string;
  seen?: string;
  /** The place in the learner's file, where it is known: 1-based. */
  line?: number;
  /** The machine is at fault and not the file: no verdict to remember, and exit code 3. */
  environment?: true;
}

/** One line that a program printed. */
export interface PrintedLine {
  program: string;
  stream: 'stdout' | 'stderr';
  text: string;
  /** Milliseconds since the check began. */
  at: number;
}

/** One command on the wire, with its reply when that has come; or a message pushed to a subscriber. */
export interface WireEntry {
  program: string;
  /** Which of the program's connections, from 1. */
  connection: number;
  /** Milliseconds since the check began. */
  at: number;
  command: string[];
  reply?: string;
  repliedAt?: number;
}

export interface HttpExchange {
  program: string;
  at: number;
  request: string;
  status?: number;
  contentType?: string;
  body?: string;
}

/** What the check saw: whole, in order. */
export interface Evidence {
  output: PrintedLine[];
  wire: WireEntry[];
  http: HttpExchange[];
  keys: KeyEntry[];
}

/** A key that the run left behind. */
export interface KeyEntry {
  key: string;
  type: string;
  /** For a screen: a string's text, a hash's or a list's members. */
  value: string | string[] | Record<string, string>;
}

/** The verdict on one file of a lesson. */
export interface PartVerdict {
  /** The file's name with its ending where it was found, without where it was not. */
  file: string;
  verdict: Outcome;
  finding?: Finding;
  /** When that was seen which the finding is about, or when the check gave up: ms since it began. */
  foundAt?: number;
  evidence: Evidence;
}

/** The verdict on one lesson: passed where every part is. */
export interface Verdict {
  verdict: Outcome;
  /** The first failing part's finding. */
  finding?: Finding;
  /** Worth knowing, never failing. */
  advice: string[];
  parts: PartVerdict[];
  /** What held the programs. */
  isolation: Isolation;
  /** How long grading took. */
  ms: number;
}
