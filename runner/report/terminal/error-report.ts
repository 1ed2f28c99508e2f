import { UsageError } from '../../course/usage-error';
import { EnvironmentError } from '../../redis/instance';
import type { JsonReport } from '../json';
import { inAscii } from './ascii';
import type { Screen } from './screen';
import { wrap } from './wrap';

/** Why the workbook could not do what was asked. */
export type Fault = NonNullable<JsonReport['error']>;

/** Any error as a fault: what happened and what to do next, without a stack. */
export function faultOf(error: unknown): Fault {
  if (error instanceof UsageError) {
    return { kind: 'usage', message: error.message, next: error.next };
  }
  if (error instanceof EnvironmentError) {
    return { kind: 'environment', message: error.message, next: error.next };
  }
  const system = systemFault(error);
  if (system) return system;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: 'workbook',
    message: `The workbook itself failed: ${reason.split('\n')[0]}`,
    next: 'Your code is not the cause. WORKBOOK_DEBUG=1 before the command shows where it failed.',
  };
}

/** What the system refuses, and the workbook can't help: told with what it was refused for. */
function systemFault(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', path = '' } = error as NodeJS.ErrnoException;
  const told = refusals[code];
  if (!told) return undefined;
  const [what, next] = told;
  return { kind: 'environment', message: `${what} (${code})${path && `: ${path}`}`, next };
}

const elsewhere = 'Point TMPDIR or WORKBOOK_HOME at another folder.';

const refusals: Record<string, [what: string, next: string]> = {
  ENOSPC: ['There is no room left on the disk', `Make room there. ${elsewhere}`],
  EDQUOT: ['Your share of the disk is used up', `Make room there. ${elsewhere}`],
  EROFS: ['The disk may only be read', elsewhere],
  EACCES: ['The system does not permit it', elsewhere],
  EPERM: ['The system does not permit it', elsewhere],
  ENAMETOOLONG: ['A path is longer than the system allows', elsewhere],
  EMFILE: ['Too many files are open at once', 'Raise the limit of open files (ulimit -n).'],
  ENFILE: ['Too many files are open on this machine', 'End what holds them, and start again.'],
};

/** The exit code of a fault. */
export function exitCodeOf(fault: Fault): 2 | 3 {
  return fault.kind === 'usage' ? 2 : 3;
}

/** A fault for a terminal. */
export function faultText(fault: Fault, screen: Screen): string {
  const mark = screen.paint('red', screen.glyphs.fail);
  const text = [
    ...wrap(fault.message, screen.width, `${mark} `, '  '),
    ...(fault.next ? wrap(fault.next, screen.width, '  ') : []),
    '',
  ].join('\n');
  return screen.ascii ? inAscii(text) : text;
}
