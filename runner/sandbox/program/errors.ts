import { report } from './report';

/** Reports what no handler of the program caught; the program still ends as Node has it. */
export function watchErrors(): void {
  process.on('uncaughtExceptionMonitor', (error: unknown, origin) => {
    const known = error instanceof Error;
    const code = known ? (error as NodeJS.ErrnoException).code : undefined;
    report({
      event: 'error',
      origin,
      name: known ? error.name : typeof error,
      message: known ? error.message : String(error),
      ...(typeof code === 'string' ? { code } : {}),
      ...(known && typeof error.stack === 'string' ? { stack: error.stack } : {}),
    });
  });
}
