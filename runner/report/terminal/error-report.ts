import { UsageError } from '../../course/usage-error';
import { EnvironmentError } from '../../redis/instance';
import { temporaryVariable } from '../../redis/temporary';
import type { JsonReport } from '../json';
import type { Screen } from './screen';
import { wrap } from './wrap';

/** Why the workbook could not do what was asked. */
export type ErrorReport = NonNullable<JsonReport['error']>;

/** Any error as a report: what happened and what to do next, without a stack. */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof UsageError) {
    return { kind: 'usage', message: error.message, next: error.next };
  }
  if (error instanceof EnvironmentError) {
    return { kind: 'environment', message: error.message, next: error.next };
  }
  const system = systemError(error);
  if (system) return system;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: 'workbook',
    message: `The workbook itself failed: ${reason.split('\n')[0]}`,
    next: 'Your code is not the cause. WORKBOOK_DEBUG=1 before the command shows where it failed.',
  };
}

/** What the system refuses and the workbook cannot mend, with the file it was refused for. */
function systemError(error: unknown): ErrorReport | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', path = '', syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'uv_cwd') {
    return {
      kind: 'environment',
      message: 'The folder in which the workbook was started is not there any more.',
      next: 'Go to a folder that is there (cd ..), and start again.',
    };
  }
  const told = refusals[code];
  if (!told) return undefined;
  const [what, next] = told;
  return { kind: 'environment', message: `${what} (${code})${path && `: ${path}`}`, next };
}

/** Standard output did not take all that was written to it. */
export function lostOutput({ code }: NodeJS.ErrnoException): ErrorReport {
  return {
    kind: 'environment',
    message: `The result could not be written whole: standard output takes no more (${code}).`,
    next: 'Make room on its disk, or send the output to another place.',
  };
}

const elsewhere = `Point ${temporaryVariable()} or WORKBOOK_HOME at another folder.`;

const loopback = 'Bring the loopback up (on Linux: ip link set lo up).';
const processes = 'End other programs, or raise the limit (ulimit -u).';

const refusals: Record<string, [what: string, next: string]> = {
  ENOSPC: ['There is no room left on the disk', `Make room there. ${elsewhere}`],
  EDQUOT: ['Your share of the disk is used up', `Make room there. ${elsewhere}`],
  EROFS: ['The disk may only be read', elsewhere],
  EACCES: ['The system does not permit it', elsewhere],
  EPERM: ['The system does not permit it', elsewhere],
  ENAMETOOLONG: ['A path is longer than the system allows', elsewhere],
  ENOENT: ['A file or folder is not there', 'Make it, or start the workbook from another folder.'],
  EADDRNOTAVAIL: ['This machine has no such address of its own', loopback],
  ENETUNREACH: ['This machine cannot reach its own network', loopback],
  EAGAIN: ['The system starts no more processes', processes],
  ENOMEM: ['The system has no memory left', 'End other programs, or raise the limit (ulimit -v).'],
  EMFILE: ['Too many files are open at once', 'Raise the limit of open files (ulimit -n).'],
  ENFILE: ['Too many files are open on this machine', 'End what holds them, and start again.'],
};

/** The exit code for an error. */
export function exitCodeOf(report: ErrorReport): 2 | 3 {
  return report.kind === 'usage' ? 2 : 3;
}

/** An error as text for a terminal. */
export function errorText(report: ErrorReport, screen: Screen): string {
  // A voice would read the sign as a letter.
  const mark = screen.plain ? 'Error:' : screen.paint('red', screen.glyphs.fail);
  const text = [
    ...wrap(report.message, screen.width, `${mark} `, '  '),
    ...(report.next ? wrap(report.next, screen.width, '  ') : []),
    '',
  ].join('\n');
  return screen.spell(text);
}
