import timers from 'node:timers';
import { isOfPackage } from './own-files';

/** Intervals that packages set to keep house, such as kue's looks at delayed jobs. */
const housekeeping = new Set<NodeJS.Timeout>();

/** How many of the timers that keep the program running are a package's own housekeeping. */
export function housekeepingIntervals(): number {
  let count = 0;
  for (const interval of housekeeping) {
    if ('_destroyed' in interval && interval._destroyed) housekeeping.delete(interval);
    else if (interval.hasRef()) count += 1;
  }
  return count;
}

/**
 * Tells the intervals of packages from the program's own. Without this a program with a kue queue
 * would never count as having nothing left to do.
 */
export function watchIntervals(): void {
  const original = timers.setInterval;
  const setInterval = function (this: unknown, ...args: unknown[]) {
    const interval: NodeJS.Timeout = original.apply(this, args as never);
    if (isFromPackage(new Error().stack ?? '')) housekeeping.add(interval);
    return interval;
  };
  Object.assign(setInterval, original);
  Object.defineProperty(setInterval, 'name', { value: 'setInterval' });
  globalThis.setInterval = setInterval as typeof globalThis.setInterval;
  timers.setInterval = globalThis.setInterval;
}

/** The caller stands below this module's own line in the stack. */
function isFromPackage(stack: string): boolean {
  const [, file = ''] =
    /(?:\(|at )((?:file:|[\\/]|\w:).*):\d+:\d+\)?$/.exec(stack.split('\n')[2] ?? '') ?? [];
  return isOfPackage(file.replace(/^file:\/\//, ''));
}
