import { EnvironmentError } from '../../redis/instance';
import type { Isolation } from './level';
import type { Probe } from './probe';

/** What holds programs, and why it is no more: the end of a sentence. */
export interface Chosen {
  isolation: Isolation;
  lacks?: string;
}

/**
 * The isolation that was asked for, or else the highest that can be had.
 * @param probe tells whether walls can be had; asked if that matters
 * @throws EnvironmentError where the one asked for cannot be had
 */
export async function chooseIsolation(
  asked: Isolation | undefined,
  probe: () => Promise<Probe>,
): Promise<Chosen> {
  if (asked === 'guard' || asked === 'none') return { isolation: asked };
  const walls = await probe();
  if (walls.works) return { isolation: 'walls' };
  if (asked === undefined) return { isolation: 'guard', lacks: walls.reason };
  throw new EnvironmentError(
    `Programs cannot be kept behind walls here: ${walls.reason}.`,
    'Install bubblewrap on Linux, where user namespaces are allowed, or write --isolation guard.',
  );
}
