import type { ProgramRun } from './program-run';

/** How long the programs may take until then, in milliseconds. */
const longStep = 15_000;

/** In so many turns of its event loop a server has taken a request that lies in its socket, and handled it. */
const turns = 4;

/** Waits until none of the programs can go on unless Redis gets what the taps keep back, or Redis is gone. */
export async function waitUntilHeldUp(programs: readonly ProgramRun[]): Promise<void> {
  const deadline = performance.now() + longStep;
  const seen = () => programs.map(({ program }) => program.tap.received).join(' ');
  const isOver = () => performance.now() >= deadline || programs.some((one) => one.isCutShort);
  for (let quiet = 0; quiet < turns && !isOver(); ) {
    const before = seen();
    const limit = Math.max(1, deadline - performance.now());
    const heldUp = await Promise.all(programs.map(({ program }) => program.isHeldUp({ limit })));
    quiet = heldUp.every(Boolean) && seen() === before ? quiet + 1 : 0;
  }
}
