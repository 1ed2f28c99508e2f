import timers from 'node:timers';
import { isOfPackage } from './own-files';

/**
 * Timers that packages set to keep house: intervals, such as kue's looks at delayed jobs, and long
 * time-outs, such as BullMQ's watch over a connection that waits for jobs.
 */
const housekeeping = new Set<NodeJS.Timeout>();

/** From how long a package's time-out only watches over something, in milliseconds: its work does not wait so long. */
const long = 4_000;

/** How many of the timers that keep the program running are a package's own housekeeping. */
export function housekeepingTimers(): number {
  let count = 0;
  for (const timer of housekeeping) {
    if ('_destroyed' in timer && timer._destroyed) housekeeping.delete(timer);
    else if (timer.hasRef()) count += 1;
  }
  return count;
}

/**
 * Tells the timers of packages from the program's own. Without this a program with a queue would
 * never count as having nothing left to do.
 */
export function watchTimers(): void {
  watch('setInterval', 0);
  watch('setTimeout', long);
}

/**
 * Whether a timer only watches over something that a package does, as a client's limit for each
 * command.
 * @param delay milliseconds
 * @param stackHere asked for the stack where it is set, from this workbook's own code on
 */
export function isHousekeeping(delay: number, stackHere: () => string): boolean {
  if (delay < long) return false;
  const [own, ...files] = stackHere()
    .split('\n')
    .flatMap((frame) => fileIn(frame) ?? []);
  const file = files.find((one) => one !== own);
  return file !== undefined && isOfPackage(file);
}

/** @param least milliseconds that a timer takes which counts */
function watch(name: 'setInterval' | 'setTimeout', least: number): void {
  const original = timers[name];
  const set = function (this: unknown, ...args: unknown[]) {
    const timer: NodeJS.Timeout = original.apply(this, args as never);
    if (Number(args[1] ?? 0) >= least && isFromPackage(new Error().stack ?? '')) {
      housekeeping.add(timer);
    }
    return timer;
  };
  Object.assign(set, original);
  Object.defineProperty(set, 'name', { value: name });
  Object.assign(globalThis, { [name]: set });
  Object.assign(timers, { [name]: set });
}

/** The caller stands below this module's own line in the stack. */
function isFromPackage(stack: string): boolean {
  return isOfPackage(fileIn(stack.split('\n')[2] ?? '') ?? '');
}

/** @returns nothing where the frame is Node's own */
function fileIn(frame: string): string | undefined {
  const [, file] = /(?:\(|at )((?:file:|[\\/]|\w:).*):\d+:\d+\)?$/.exec(frame) ?? [];
  return file?.replace(/^file:\/\//, '');
}
