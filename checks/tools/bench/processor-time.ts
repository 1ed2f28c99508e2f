import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What a command took, with all that it started and waited for. */
export interface ProcessorTime {
  /** Seconds of processor time, the system's for it included. */
  seconds: number;
  /** Seconds from its start to its end. */
  wall: number;
  /** What it wrote to standard error. */
  errors: string;
}

/**
 * Runs a command to its end. Its exit code is 0, or the command is at fault; bash counts what it takes.
 * @throws Error with what it said
 */
export async function processorTime(line: readonly string[], cwd?: string): Promise<ProcessorTime> {
  const script = 'TIMEFORMAT="%U %S %R"; time "$@" 2>&3';
  const child = spawn('unshare', [...world(), 'bash', '-c', script, 'bash', ...line], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const errorsOf = child.stdio[3];
  if (!child.stderr || !errorsOf || !('read' in errorsOf)) throw new Error('There is no pipe.');
  const [times, errors, code] = await Promise.all([text(child.stderr), text(errorsOf), ended]);
  if (code !== 0) throw new Error(`${line.join(' ')} ended with ${code}:\n${errors}`);
  const [user = 0, system = 0, wall = 0] = times.trim().split(' ').map(Number);
  return { seconds: user + system, wall, errors };
}

/** In a world of its own bash inherits what lost its parent, such as programs behind walls, and counts it too. */
function world(): string[] {
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return [...asRoot, '--pid', '--fork', '--mount-proc'];
}
