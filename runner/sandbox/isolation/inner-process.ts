import { readSystemFile } from '../system-file';

/**
 * The process of a program behind walls: bubblewrap starts the first process of its world, and that
 * one starts the program.
 * @param pid bubblewrap's
 * @returns nothing where it is not there yet, or no longer
 */
export function innerProcess(pid: number): number | undefined {
  const [first] = childrenOf(pid);
  return first === undefined ? undefined : childrenOf(first)[0];
}

/** The processes that a process has started and that are there; on Linux alone. */
export function childrenOf(pid: number): number[] {
  try {
    const list = readSystemFile(`/proc/${pid}/task/${pid}/children`);
    return list.split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // It has just ended, or the kernel does not say.
  }
}
