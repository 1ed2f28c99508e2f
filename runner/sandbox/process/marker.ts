import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readSystemFile } from '../system-file';
import { sendSignal } from './process-group';
import { markerVariable } from './settings';

/*
 * A program may start children in groups of their own, out of reach of a signal to its group. What
 * they cannot easily leave behind is the environment that they inherit: it carries a marker, and
 * whoever carries it when the program has ended is ended too.
 */

/** Begins every marker of this runner; the reaper looks for it when the runner is gone. */
export const runnerMarker = randomBytes(8).toString('hex');

let count = 0;

/** A marker that no other program has. */
export function newMarker(): string {
  count += 1;
  return `${runnerMarker}.${count}.`;
}

/**
 * Kills every process that carries the marker, until none is left. Linux shows the environment of
 * the user's own processes in /proc, macOS in ps; Windows shows it nowhere, and there nothing is done.
 * @returns how many were found
 */
export function killMarked(marker: string): number {
  const found = new Set<number>();
  for (let round = 0; round < rounds; round += 1) {
    const pids = markedProcesses(marker);
    if (pids.length === 0) break;
    for (const pid of pids) {
      found.add(pid);
      sendSignal(pid, 'SIGKILL');
    }
  }
  return found.size;
}

/** The processes that carry the marker; those that have ended and wait to be noticed apart. */
function markedProcesses(marker: string, platform = process.platform): number[] {
  const entry = `${markerVariable}=${marker}`;
  if (platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(entry))
      .map(Number);
  }
  if (platform !== 'darwin') return [];
  // BSD's ps takes all that follows the first `=` of a list for a heading: each column has its own -o.
  const words = ['-A', '-E', '-ww', '-o', 'pid=', '-o', 'command='];
  return pidsOf(spawnSync('ps', words, { encoding: 'utf8' }).stdout ?? '', entry);
}

/** @param list a process a line: its id, then its command and environment, as the ps of macOS prints it */
export function pidsOf(list: string, entry: string): number[] {
  return list
    .split('\n')
    .filter((line) => line.includes(entry))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid > 1 && pid !== process.pid);
}

/** More than a program needs that starts the next while one is killed. */
const rounds = 50;

function environmentOf(pid: string): string {
  try {
    return readSystemFile(`/proc/${pid}/environ`);
  } catch {
    return ''; // Another user's, or it has just ended.
  }
}
