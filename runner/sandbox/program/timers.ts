import { createHook } from 'node:async_hooks';
import { report } from './report';

/** As many as any task could want to know of. */
const most = 100;

/**
 * Reports the delay of every timer that is set. Times on the wire tell the same as long as the
 * machine keeps up; under load only the program's intention is the same every time.
 */
export function watchTimers(): void {
  let count = 0;
  createHook({
    init(_id, type, _trigger, resource) {
      if (type !== 'Timeout' || count >= most || !('_idleTimeout' in resource)) return;
      count += 1;
      report({ event: 'timer', delay: Number(resource._idleTimeout) });
    },
  }).enable();
}
