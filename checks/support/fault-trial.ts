import type { PartVerdict } from '../../runner/grading/verdict';
import { EnvironmentError, type RedisSource } from '../../runner/redis/instance';
import type { Fault } from '../../runner/sandbox/tap/faults';
import { runTrial, type Trial } from './trial';

/** Every kind of fault; a delay is one that nobody may notice. */
export const faultKinds = ['cut', 'refuse', 'kill', 'delay'] as const;

export type FaultKind = (typeof faultKinds)[number];

/** How long the delayed command waits, in ms. */
const delay = 150;

/** How one grading ended in which something went wrong between a program and Redis. */
export interface FaultOutcome {
  /** `passed`, a class of failure, `environment`, `hang` or `crash`. */
  kind: string;
  /** What is wrong with it; nothing where it is as it should be. */
  fault?: string;
  ms: number;
}

/** How many commands each program of a part sent, by its name. */
export function commandCounts(part: PartVerdict): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { program, command } of part.evidence.wire) {
    if (command.length > 0) counts.set(program, (counts.get(program) ?? 0) + 1);
  }
  return counts;
}

/** @param every takes each so-manieth command, beginning with the first, and the last */
export function faultsOf(
  counts: Map<string, number>,
  kinds: readonly FaultKind[],
  every = 1,
): Fault[] {
  return [...counts].flatMap(([program, count]) =>
    Array.from({ length: count }, (_, index) => index + 1)
      .filter((at) => (at - 1) % every === 0 || at === count)
      .flatMap((at) =>
        kinds.map((what) =>
          what === 'delay' ? { program, at, what, ms: delay } : { program, at, what },
        ),
      ),
  );
}

/**
 * Grades a worked version with one fault.
 * @param limit milliseconds after which it counts as hanging
 */
export async function runWithFault(
  trial: Trial,
  redis: RedisSource,
  fault: Fault,
  limit: number,
): Promise<FaultOutcome> {
  const start = performance.now();
  const ended = (kind: string, wrong?: string): FaultOutcome => ({
    kind,
    ms: performance.now() - start,
    ...(wrong === undefined ? {} : { fault: wrong }),
  });
  const signal = AbortSignal.timeout(limit);
  try {
    const part = await runTrial(trial, redis, { fault, signal });
    return ended(part.finding?.class ?? part.verdict, wrongVerdict(fault, part));
  } catch (error) {
    if (signal.aborted) return ended('hang', `no verdict within ${limit} ms`);
    if (error instanceof EnvironmentError) return ended('environment');
    return ended('crash', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/** A file that fails must be told the cause, and a file that is delayed must not fail. */
function wrongVerdict(fault: Fault, { verdict, finding }: PartVerdict): string | undefined {
  if (verdict === 'passed') return undefined;
  const got = `${finding?.class}: ${finding?.message} ${finding?.next}`;
  if (fault.what === 'delay') return `delayed, it should pass, and got ${got}`;
  const named = finding?.class === 'redis-unreachable' && causes[fault.what].test(finding.message);
  return named ? undefined : `should name the cause, and got ${got}`;
}

const causes = {
  cut: /connection of .+ to Redis was lost/,
  refuse: /connection of .+ to Redis was lost .+ refused/,
  kill: /(redis-server|embedded Redis) of this check (ended|stopped)/,
};

/** A fault in words, for a list. */
export function errorText({ program, at, what }: Fault): string {
  return `${what} at command ${at} of ${program}`;
}
