import { spawnSync } from 'node:child_process';

/** Sends a signal to a process alone; one that is gone is no fault. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: it has just ended.
  }
}

/** Sends a signal to a process and to all of its group; one that is gone is no fault. */
export function killGroup(pid: number, signal: NodeJS.Signals, platform = process.platform): void {
  if (platform === 'win32') {
    const [command, ...words] = treeKilling(pid);
    spawnSync(command, words, { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: nobody is left in it.
  }
}

/** Windows has no groups: its own tool ends a process and all that came of it. */
export function treeKilling(pid: number): [command: string, ...words: string[]] {
  return ['taskkill', '/T', '/F', '/PID', String(pid)];
}

/**
 * Options of `spawn`: the process gets a group of its own, out of reach of a Ctrl-C for the workbook. On
 * Windows that would take it a console of its own, and a group is not needed to end it.
 */
export function ownGroup(platform = process.platform) {
  return { detached: platform !== 'win32', windowsHide: true };
}
