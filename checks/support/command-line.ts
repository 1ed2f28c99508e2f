import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** The way in, as `npm start` takes it. */
export const start = path.join(__dirname, '../../runner/start.cjs');

/** The small course that the tests use: three lessons that need little. */
export const course = path.join(__dirname, '../fixtures/course');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What was said, on one line: it wraps elsewhere where the path of the checkout is longer. */
export function unwrapped(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** How a command may be started. */
export interface StartOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** What Node is started with; this checkout's start.cjs without it. */
  script?: string;
  /** Permissions hold, also for the superuser. */
  obeysPermissions?: boolean;
  /** What is typed at it, through a pipe. */
  input?: string;
  /** Told of each piece of standard output or error, with the process. */
  onOutput?: (text: string, child: ChildProcess) => void;
}

/** Runs the workbook's command line without a terminal, until it ends. */
export function workbook(words: readonly string[], options: StartOptions = {}): Promise<Ended> {
  const { env, cwd, script = start, obeysPermissions, input, onOutput } = options;
  const line = [
    ...(obeysPermissions ? underPermissions() : []),
    process.execPath,
    script,
    ...words,
  ];
  const child = spawn(line[0] ?? '', line.slice(1), {
    cwd,
    env: { ...inherited(), WORKBOOK_LESSONS: course, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may have ended before it read anything.
  child.stdin.on('error', () => {}).end(input);
  return endOf(child, (text) => onOutput?.(text, child));
}

/**
 * Takes in all that a process writes until it has ended.
 * @param onOutput told of each piece of standard output or error
 */
export function endOf(
  child: ChildProcessByStdio<Writable | null, Readable, Readable>,
  onOutput?: (text: string) => void,
): Promise<Ended> {
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      ended[stream] += text;
      onOutput?.(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code }));
  });
}

/** What to put before a command so that it reads and writes only what permissions allow. */
function underPermissions(): string[] {
  if (process.getuid?.() !== 0) return [];
  // util-linux: the superuser without the rights to pass over permissions.
  return ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', '--inh-caps', '-all'];
}

/** What a test passes on: nothing by which the outcome would depend on who runs it. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, LANG: 'C.UTF-8' };
}
