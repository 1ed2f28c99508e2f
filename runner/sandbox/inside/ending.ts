import type { Traffic } from './connections';
import { report } from './report';

/**
 * Tells of the program's end: its own code, which could be taken for the signal by which it was ended,
 * and what it leaves to the system to close.
 */
export function tellEnding(traffic: Traffic): void {
  process.on('exit', (code) => {
    // As the system takes it: a program may give a negative number, or text.
    report({ event: 'ending', code: Number(code) & 0xff, leftOpen: traffic.unclosed() });
  });
}
