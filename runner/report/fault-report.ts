import { UsageFault } from '../course/fault';
import { EnvironmentFault } from '../redis/instance';
import type { JsonReport } from './json';
import type { Screen } from './screen';
import { wrap } from './wrap';

/** Why the workbook could not do what was asked. */
export type Fault = NonNullable<JsonReport['error']>;

/** Any error as a fault: what happened and what to do next, without a stack. */
export function faultOf(error: unknown): Fault {
  if (error instanceof UsageFault) {
    return { kind: 'usage', message: error.message, next: error.next };
  }
  if (error instanceof EnvironmentFault) {
    return { kind: 'environment', message: error.message, next: error.next };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: 'workbook',
    message: `The workbook itself failed: ${reason.split('\n')[0]}`,
    next: 'Your code is not the cause. WORKBOOK_DEBUG=1 before the command shows where it failed.',
  };
}

/** The exit code of a fault. */
export function exitCodeOf(fault: Fault): 2 | 3 {
  return fault.kind === 'usage' ? 2 : 3;
}

/** A fault for a terminal. */
export function faultText(fault: Fault, screen: Screen): string {
  const mark = screen.paint('red', screen.glyphs.fail);
  return [
    ...wrap(fault.message, screen.width, `${mark} `, '  '),
    ...(fault.next ? wrap(fault.next, screen.width, '  ') : []),
    '',
  ].join('\n');
}
