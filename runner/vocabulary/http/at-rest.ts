import type { Server } from './server';

/** How long a server may take, in milliseconds. */
const patience = 15_000;

/** In so many turns of its event loop a server has taken what lies in its sockets, and handled it. */
const turns = 4;

/**
 * Waits until a server has ended, or will do nothing more by itself: whatever came to it last, a
 * signal too, is handled then. Without Redis nothing is waited for.
 */
export async function waitUntilAtRest({ running }: Pick<Server, 'running'>): Promise<void> {
  const deadline = performance.now() + patience;
  for (let quiet = 0; quiet < turns && !running.program.exit; ) {
    const left = deadline - performance.now();
    if (left <= 0 || running.isCutShort) return;
    quiet = (await running.waitForIdle(0, left)) ? quiet + 1 : 0;
  }
}
