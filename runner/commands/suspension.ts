import { setTimeout as after } from 'node:timers/promises';

/**
 * Stops the workbook, as Ctrl-Z stops any program, until the shell's `fg` lets it go on: for a
 * terminal whose keys are read one by one, where Ctrl-Z is a key. What is drawn stays on the screen;
 * the terminal gets its cursor back. Windows knows no such thing.
 */
export async function suspended(
  output: NodeJS.WritableStream,
  platform = process.platform,
): Promise<void> {
  if (platform === 'win32') return;
  output.write(`${showCursor}\n`);
  // The whole group, as the terminal would: npm waits for the workbook, and the shell for npm.
  await stopped(0);
}

/** Something that is drawn on a terminal while Ctrl-Z is a signal. */
export interface Drawn {
  /** Takes it off the terminal, which gets its cursor back. */
  leave(): void;
  resume(): void;
}

/**
 * Has something that is drawn leave the terminal before the workbook is stopped, and come back once
 * that goes on.
 * @returns ends that
 */
export function aroundSuspension(drawn: Drawn, platform = process.platform): () => void {
  if (platform === 'win32') return () => {};
  if (all.size === 0) process.on('SIGTSTP', stopAll);
  all.add(drawn);
  return () => {
    all.delete(drawn);
    if (all.size === 0) process.off('SIGTSTP', stopAll);
  };
}

const all = new Set<Drawn>();

async function stopAll(): Promise<void> {
  for (const drawn of all) drawn.leave();
  // Without a listener the signal does what it does by itself.
  process.off('SIGTSTP', stopAll);
  await stopped(process.pid);
  if (all.size > 0) process.on('SIGTSTP', stopAll);
  for (const drawn of all) drawn.resume();
}

/** @param pid a process; 0 for all of the terminal's job */
async function stopped(pid: number): Promise<void> {
  const goesOn = new Promise<void>((resolve) => process.once('SIGCONT', resolve));
  process.kill(pid, 'SIGTSTP');
  // Without a shell that could let it go on the system does not stop it, and no SIGCONT comes.
  await Promise.race([goesOn, after(patience)]);
}

const showCursor = '\x1b[?25h';

/** How long it takes the system to stop a process, and more, in milliseconds. */
const patience = 200;
