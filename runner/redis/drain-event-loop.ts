import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Three turns of the event loop: what lay in any pipe before has been read after them, and that a process
 * has ended has been heard. Pipes have no order among themselves, so an answer on one says nothing of what
 * still waits on another; and a pipe that has ended is closed two turns after its last text, from Node 24 on.
 */
export async function drainEventLoop(): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await nextTurn();
}

const turns = 3;
