import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** The way in, as `npm start` takes it. */
export const start = path.join(__dirname, '..', 'runner', 'start.cjs');

/** The small course that the tests use: three lessons that need little. */
export const course = path.join(__dirname, 'fixtures', 'course');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** How a command may be started. */
export interface StartOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Run as this user; only the superuser may say so. */
  uid?: number;
  /** Told of each piece of standard output or error, with the process. */
  onOutput?: (text: string, child: ChildProcess) => void;
}

/** Runs the workbook's command line without a terminal, until it ends. */
export function workbook(words: readonly string[], options: StartOptions = {}): Promise<Ended> {
  const { env, cwd, uid, onOutput } = options;
  const child = spawn(process.execPath, [start, ...words], {
    cwd,
    ...(uid === undefined ? {} : { uid }),
    env: { ...inherited(), WORKBOOK_LESSONS: course, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      ended[stream] += text;
      onOutput?.(text, child);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code }));
  });
}

/** What a test passes on: nothing by which the outcome would depend on who runs it. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG };
}
