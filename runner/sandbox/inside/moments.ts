import { createHook } from 'node:async_hooks';
import type { Moment } from '../process/settings';
import { isHousekeeping } from './housekeeping-timers';
import { report } from './report';

/** As many of a kind as any task could want to know of. */
const most = 100;

/** More of a text than anybody compares, in characters. */
const longest = 1000;

/** Held from before the program's code runs: it may turn its clock. */
let now = () => performance.now();

const left = { timer: most, print: most, publish: most };

/**
 * Reports when the program sets a timer, but for those by which packages keep house, and when it prints. Times at the other end of a pipe or a
 * socket show the same as long as the machine keeps up; under load only the program's own do.
 */
export function watchMoments(): void {
  now = performance.now.bind(performance);
  createHook({
    init(_id, type, _trigger, resource) {
      if (type !== 'Timeout' || !('_idleTimeout' in resource)) return;
      const delay = Number(resource._idleTimeout);
      if (isHousekeeping(delay, stackHere)) return;
      reportMoment({ what: 'timer', at: now(), delay });
    },
  }).enable();
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write;
    stream.write = function (this: unknown, ...args: unknown[]) {
      reportText('print', args[0]);
      return write.apply(stream, args as never);
    };
  }
}

/** Deep enough to show who has set a timer: Node's own frames stand before it. */
function stackHere(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 30;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = limit;
  return stack;
}

/** Reports that the program hands over a message to be published. */
export function reportPublish(message: unknown): void {
  reportText('publish', message);
}

function reportText(what: 'print' | 'publish', text: unknown): void {
  const at = now();
  reportMoment({ what, at, text: String(text).slice(0, longest) });
}

function reportMoment(moment: Moment): void {
  if (left[moment.what] === 0) return;
  left[moment.what] -= 1;
  report({ event: 'moment', moment });
}
