import type { Place } from '../../redis/embedded/conformance/wire';
import { agree } from './exemptions';
import { type Outcome, perform } from './performance';
import type { Step } from './sequence';

/** The first thing in which two servers differ. */
export interface Difference {
  /** The step's place, or undefined where only what is left in the end differs. */
  readonly at: number | undefined;
  readonly real: string;
  readonly embedded: string;
}

/** Plays a sequence on both servers. @returns undefined where they agree */
export async function compare(
  real: Place,
  embedded: Place,
  steps: readonly Step[],
  protocol: 2 | 3 = 2,
): Promise<Difference | undefined> {
  const [theirs, ours] = await Promise.all([
    perform(real, steps, protocol),
    perform(embedded, steps, protocol),
  ]);
  for (const at of steps.keys()) {
    const difference = judge(theirs.steps[at], ours.steps[at], at);
    if (difference) return difference;
  }
  for (let at = 0; at < Math.max(theirs.rest.length, ours.rest.length); at += 1) {
    const difference = judge(theirs.rest[at], ours.rest[at], undefined);
    if (difference) return difference;
  }
  return undefined;
}

/**
 * Leaves out of a sequence what is not needed for two servers to differ.
 * @returns the shortest that was found
 */
export async function shrink(
  real: Place,
  embedded: Place,
  steps: readonly Step[],
  protocol: 2 | 3 = 2,
): Promise<readonly Step[]> {
  let shortest = steps;
  for (let size = Math.ceil(shortest.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < shortest.length; ) {
      const shorter = [...shortest.slice(0, at), ...shortest.slice(at + size)];
      if (shorter.length > 0 && (await compare(real, embedded, shorter, protocol)))
        shortest = shorter;
      else at += size;
    }
  }
  return shortest;
}

function judge(
  real: Outcome['steps'][number] = '(nothing)',
  embedded: Outcome['steps'][number] = '(nothing)',
  at: number | undefined,
): Difference | undefined {
  return agree(real, embedded) ? undefined : { at, real, embedded };
}
