import { readFileSync } from 'node:fs';

/** How far a program may go. */
export interface Limits {
  /** Milliseconds from its start to its end. */
  time: number;
  /** Bytes printed, on both streams together. */
  output: number;
  /** Bytes of memory: the JavaScript heap, and twice as much resident in all. */
  memory: number;
}

/** Far above what any task needs, near enough that a runaway ends soon. */
export const defaultLimits: Limits = {
  time: 30_000,
  output: 1024 * 1024,
  memory: 256 * 1024 * 1024,
};

/** How often a program's resident memory is read, in milliseconds. */
const interval = 100;

/**
 * Watches a process's resident memory where the system tells it without starting a program
 * (Linux); elsewhere V8's own limit on the heap is the only one.
 * @param limit bytes
 * @returns stops the watch
 */
export function watchMemory(pid: number, limit: number, exceeded: () => void): () => void {
  if (process.platform !== 'linux') return () => {};
  const timer = setInterval(() => {
    if (residentBytes(pid) > limit) exceeded();
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}

/** From the second field of /proc/PID/statm: pages of 4096 bytes. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
  } catch {
    return 0; // It has just ended.
  }
}
