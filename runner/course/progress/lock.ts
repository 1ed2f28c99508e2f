import fs from 'node:fs';

/** A lock that the same owner holds for so long was left by one that was killed, in ms. */
const longestHold = 1000;

/** How long to wait before looking again, in ms. */
const pause = 3;

/** Holds a lock; asks whether it still does. */
export type Holding = () => boolean;

/**
 * Does something while no other process does anything under the same lock. It blocks: what it
 * guards takes a few milliseconds. A lock that was left behind is taken over by its age on this
 * process's own clock, so neither a wrong time of day nor a reused process id can fool it.
 * @param file the lock: there while somebody holds it; its folder must exist
 * @throws what work throws, and what the file system says where nothing can be made there
 */
export function underLock<T>(file: string, work: (holds: Holding) => T): T {
  const mine = take(file);
  try {
    return work(() => identity(file) === mine);
  } finally {
    // Whoever thought it abandoned has one of its own there.
    if (identity(file) === mine) fs.rmSync(file, { force: true });
  }
}

function take(file: string): string {
  let seen: string | undefined;
  let since = performance.now();
  for (;;) {
    const made = make(file);
    if (made !== undefined) return made;
    const held = identity(file);
    if (held !== seen) {
      seen = held;
      since = performance.now();
    } else if (held !== undefined && performance.now() - since > longestHold) {
      fs.rmSync(file, { force: true });
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  }
}

/** Which lock it is: a new one differs from the one before in its number or its time. */
function identity(file: string): string | undefined {
  const stats = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.ino} ${stats.ctimeNs} ${stats.birthtimeNs}`;
}

/** @returns nothing where somebody else holds it */
function make(file: string): string | undefined {
  try {
    const descriptor = fs.openSync(file, 'wx');
    const { ino, ctimeNs, birthtimeNs } = fs.fstatSync(descriptor, { bigint: true });
    fs.closeSync(descriptor);
    return `${ino} ${ctimeNs} ${birthtimeNs}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}
