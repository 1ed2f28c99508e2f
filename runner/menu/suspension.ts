import { setTimeout as after } from 'node:timers/promises';
import type { Streams } from '../commands/session';

/**
 * Stops the workbook, as Ctrl-Z stops any program, until the shell's `fg` lets it go on. What is
 * drawn stays on the screen; the terminal gets its cursor back. Windows knows no such thing.
 */
export async function suspended(
  { output }: Pick<Streams, 'output'>,
  platform = process.platform,
): Promise<void> {
  if (platform === 'win32') return;
  output.write(`${showCursor}\n`);
  const goesOn = new Promise<void>((resolve) => process.once('SIGCONT', resolve));
  // The whole group, as the terminal would: npm waits for the workbook, and the shell for npm.
  process.kill(0, 'SIGTSTP');
  // Without a shell that could let it go on the system does not stop it, and no SIGCONT comes.
  await Promise.race([goesOn, after(patience)]);
}

const showCursor = '\x1b[?25h';

/** How long it takes the system to stop a process, and more, in milliseconds. */
const patience = 200;
