import { execFile } from 'node:child_process';
import { childrenOf } from '../isolation/inner-process';
import { readSystemFile } from '../system-file';

/** What a program takes of the machine. */
export interface Usage {
  /** Bytes of memory that are really there, its children's too where the system reports them cheaply. */
  resident: number;
  /** Milliseconds that processors have worked for it. */
  cpu: number;
}

/** How often it is worth asking, in ms: where it takes a program to find out, less often. */
const interval = process.platform === 'linux' ? 100 : 1000;

/**
 * Follows what a process takes, until it has ended.
 * @param processOf says which it is, at each look; nothing before it is there
 * @returns stops the watch
 */
export function watchUsage(
  processOf: () => number | undefined,
  report: (usage: Usage) => void,
): () => void {
  let stopped = false;
  const look = async () => {
    const pid = processOf();
    const usage = pid === undefined ? undefined : await usageOf(pid);
    if (stopped) return;
    if (usage) report(usage);
    timer = setTimeout(look, interval).unref();
  };
  let timer = setTimeout(look, interval).unref();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** @returns nothing where the process is gone, or the system does not say */
async function usageOf(pid: number): Promise<Usage | undefined> {
  const { platform } = process;
  if (platform === 'linux') return linuxUsage(pid);
  const printed = await outputOf(usageWords(pid, platform));
  return platform === 'win32' ? parseTasklist(printed) : parsePs(printed);
}

/** The command that prints what a process takes, on systems without /proc. */
export function usageWords(
  pid: number,
  platform: NodeJS.Platform,
): [command: string, ...words: string[]] {
  if (platform === 'win32') {
    return ['tasklist', '/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH', '/V'];
  }
  // BSD's ps takes all that follows the first `=` of a list for a heading: each column has its own -o.
  return ['ps', '-o', 'rss=', '-o', 'time=', '-p', String(pid)];
}

/** `  51232   0:01.23`: kilobytes, then days-hours:minutes:seconds of processor time. */
export function parsePs(line: string): Usage | undefined {
  const found = /^\s*(\d+)\s+(?:(\d+)-)?([\d:.]+)\s*$/.exec(line);
  if (!found) return undefined;
  const [, kilobytes, days = '0', clock = ''] = found;
  return { resident: Number(kilobytes) * 1024, cpu: Number(days) * day + clockMs(clock) };
}

/**
 * One line of CSV: name, id, session's name and number, memory as `51.232 K` in the system's
 * language, state, user, processor time as `0:00:01`, title.
 */
export function parseTasklist(line: string): Usage | undefined {
  const fields = [...line.matchAll(/"([^"]*)"/g)].map((field) => field[1] ?? '');
  const memory = (fields[4] ?? '').replace(/\D/g, '');
  if (memory === '') return undefined;
  return { resident: Number(memory) * 1024, cpu: clockMs(fields[7] ?? '') };
}

const day = 24 * 60 * 60 * 1000;

function clockMs(clock: string): number {
  return clock.split(':').reduce((sum, part) => sum * 60 + (Number(part) || 0), 0) * 1000;
}

/** Processor time is counted in ticks of 10 ms, whatever the kernel's own clock. */
function linuxUsage(pid: number): Usage | undefined {
  try {
    const stat = readSystemFile(`/proc/${pid}/stat`);
    // The name in brackets may hold blanks and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const resident = family(pid).reduce((sum, one) => sum + residentBytes(one), 0);
    return { resident, cpu: (Number(fields[11]) + Number(fields[12])) * 10 };
  } catch {
    return undefined;
  }
}

/** A process, its children and theirs; as far as they have not been given to another parent. */
function family(pid: number): number[] {
  const all = [pid];
  for (let at = 0; at < all.length && all.length < largestFamily; at += 1) {
    all.push(...childrenOf(all[at] ?? pid));
  }
  return all;
}

const largestFamily = 500;

function residentBytes(pid: number): number {
  try {
    const status = readSystemFile(`/proc/${pid}/status`);
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function outputOf([command, ...words]: [command: string, ...words: string[]]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, words, { windowsHide: true, timeout: 5000 }, (error, output) =>
      resolve(error ? '' : output),
    );
  });
}
