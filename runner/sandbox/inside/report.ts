import { writeSync } from 'node:fs';
import { eventsDescriptor, type ProgramEvent } from '../process/settings';

/** Tells the runner; synchronous, so that nothing is lost when the program ends right after. */
export function report(event: ProgramEvent): void {
  let rest = Buffer.from(`${JSON.stringify(event)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(eventsDescriptor, rest));
    } catch (error) {
      // EAGAIN: the pipe is full, the runner is about to read. Anything else: nobody listens.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    }
  }
}
