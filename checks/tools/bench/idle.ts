import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** How long the machine has nothing to do before it counts as idle, in milliseconds. */
const window = 150;

/** Of one core, what other work may take meanwhile. */
const tolerated = 0.3;

/** After so long a machine with other work is taken as it is, in milliseconds. */
const longest = 5000;

/** Waits until the machine is idle: what a sample has left behind would count against the next one. */
export async function waitUntilIdle(): Promise<void> {
  const end = performance.now() + longest;
  for (let before = busyTime(); performance.now() < end; ) {
    const from = performance.now();
    await delay(window);
    const now = busyTime();
    if (now - before < tolerated * (performance.now() - from)) return;
    before = now;
  }
}

/** Milliseconds that the cores have worked since the machine has started, together. */
function busyTime(): number {
  return os.cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys, 0);
}
