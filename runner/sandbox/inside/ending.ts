import type { Traffic } from './connections';
import { report } from './report';

/**
 * Tells of the program's end: its own code, which could be taken for the signal by which it was ended,
 * and what it leaves to the system to close.
 */
export function tellEnding(traffic: Traffic): void {
  process.on('exit', (code) => report({ event: 'ending', code, leftOpen: traffic.unclosed() }));
}
