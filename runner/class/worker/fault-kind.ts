import { EnvironmentError } from '../../redis/instance';

/** What made a grading fail, as far as it can be told without reading sentences. */
export const faultKinds = [
  /** The disk is full, or takes nothing. */
  'disk',
  /** There is no memory left. */
  'memory',
  /** The system gives no more processes or files. */
  'limits',
  /** The Redis of a program went away. */
  'redis',
  /** What else the machine lacks. */
  'machine',
  /** The worker was killed. */
  'killed',
  /** The workbook itself. */
  'workbook',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Of what kind an error is that a grading ended with. */
export function faultKindOf(error: unknown): FaultKind {
  if (error instanceof GraderFault) return error.kind;
  const { code = '' } = systemErrorIn(error);
  return kinds[code] ?? (error instanceof EnvironmentError ? 'machine' : 'workbook');
}

/** Whoever grades is at fault: the attempt says nothing of what was handed in. */
export class GraderFault extends Error {
  override name = 'GraderFault';

  constructor(
    message: string,
    readonly kind: FaultKind,
  ) {
    super(message);
  }
}

const kinds: Partial<Record<string, FaultKind>> = {
  ENOSPC: 'disk',
  EDQUOT: 'disk',
  EROFS: 'disk',
  ENOMEM: 'memory',
  EAGAIN: 'limits',
  EMFILE: 'limits',
  ENFILE: 'limits',
};

/** The error itself, or what the system said that made it. */
function systemErrorIn(error: unknown): NodeJS.ErrnoException {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? error.cause : error;
}
