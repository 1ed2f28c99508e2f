/**
 * Two turns of the event loop: what lay in any pipe before has been read after them. Pipes have no
 * order among themselves, so an answer on one says nothing of what still waits on another.
 */
export function drainEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
