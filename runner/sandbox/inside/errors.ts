import { inspect } from 'node:util';
import type { ProgramEvent } from '../process/settings';
import { report } from './report';

/** More of a message than anybody reads, in characters. */
const longest = 4000;

/** Reports what no handler of the program caught; the program still ends as Node has it. */
export function watchErrors(): void {
  process.on('uncaughtExceptionMonitor', (error: unknown, origin) => {
    try {
      report(describe(error, origin));
    } catch {
      // A getter of the thing thrown throws in its turn.
      report({ event: 'error', origin, name: 'Error', message: 'an error that cannot be read' });
    }
  });
}

function describe(error: unknown, origin: string): ProgramEvent {
  if (!(error instanceof Error)) {
    const message = typeof error === 'string' ? error : inspect(error, { depth: 1 });
    return { event: 'error', origin, name: typeof error, message: message.slice(0, longest) };
  }
  const { code } = error as NodeJS.ErrnoException;
  return {
    event: 'error',
    origin,
    name: String(error.name).slice(0, longest),
    message: (denied(error) ?? String(error.message)).slice(0, longest),
    ...(typeof code === 'string' ? { code: code.slice(0, longest) } : {}),
    ...(typeof error.stack === 'string' ? { stack: shortened(error) } : {}),
  };
}

/** The frames count for more than a message that is repeated in front of them. */
function shortened({ stack = '', message }: Error): string {
  const short =
    message.length > longest ? stack.replace(message, message.slice(0, longest)) : stack;
  return short.slice(0, 4 * longest);
}

/** What a guarded program may not do: Node leaves out of the message what that was. */
function denied(error: Error): string | undefined {
  const { code, permission, resource } = error as Error & Denied;
  if (code !== 'ERR_ACCESS_DENIED' || !permission) return undefined;
  return `Access denied: ${permission} ${resource}`;
}

interface Denied {
  code?: unknown;
  permission?: unknown;
  resource?: unknown;
}
