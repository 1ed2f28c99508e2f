import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** How long anything may take to say what is waited for, in milliseconds. */
const deadline = 120_000;

export interface StartOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Give it a terminal of its own. */
  terminal?: boolean;
  /** Talk to it over an IPC channel besides. */
  ipc?: boolean;
}

/** Groups that still run: ended with the benchmark, should that be stopped. */
const running = new Set<number>();

process.on('exit', () => {
  for (const pid of running) process.kill(-pid, 'SIGTERM');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

/** A process in a group of its own, and what it has said. */
export class Started {
  readonly startedAt = performance.now();
  readonly child: ChildProcess;
  said = '';
  readonly #listeners = new Set<() => void>();
  readonly #exited: Promise<unknown>;

  /** @param line the program and its arguments, or a shell's line where there is a terminal */
  constructor(line: readonly string[], options: StartOptions = {}) {
    const [program = '', ...words] = options.terminal ? inTerminal(line) : line;
    this.child = spawn(program, words, {
      cwd: options.cwd,
      env: { ...process.env, NODE_EXTRA_CA_CERTS: '', ...options.env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', ...(options.ipc ? (['ipc'] as const) : [])],
    });
    this.#exited = once(this.child, 'exit');
    const { pid } = this.child;
    if (pid !== undefined) {
      running.add(pid);
      this.child.once('exit', () => running.delete(pid));
    }
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
        for (const listener of this.#listeners) listener();
      });
    }
  }

  /**
   * Waits until it has said something, on either stream.
   * @param from so many characters of what it has said already do not count
   * @param limit milliseconds
   * @returns when it came, by `performance.now()`
   * @throws with all that it said, where it ends or stays silent
   */
  says(
    expected: RegExp | ((said: string) => boolean),
    from = 0,
    limit = deadline,
  ): Promise<number> {
    const there = (text: string) =>
      typeof expected === 'function' ? expected(text) : expected.test(text);
    return new Promise((resolve, reject) => {
      const done = (act: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        this.child.off('close', ended);
        act();
      };
      const look = () => {
        const now = performance.now();
        if (there(this.said.slice(from))) done(() => resolve(now));
      };
      const fail = (how: string) => () =>
        done(() => reject(new Error(`${expected} never came: it ${how}. It said:\n${this.said}`)));
      const ended = fail('ended');
      const timer = setTimeout(fail('took too long'), limit);
      this.#listeners.add(look);
      this.child.on('close', ended);
      look();
    });
  }

  /** Waits for its end. @returns when that was, by `performance.now()` */
  async ends(): Promise<number> {
    await this.#exited;
    return performance.now();
  }

  /** Ends it by the signal, with all of its group. */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { pid, exitCode, signalCode } = this.child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch (error) {
      // Nobody is left in the group.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    if (exitCode === null && signalCode === null) await this.#exited;
  }
}

/** Starts it, waits for what it says, and ends it. @returns milliseconds from start to text */
export async function timeTo(
  expected: RegExp,
  line: readonly string[],
  options: StartOptions & { limit?: number } = {},
): Promise<number> {
  const started = new Started(line, options);
  try {
    return (await started.says(expected, 0, options.limit)) - started.startedAt;
  } finally {
    await started.stop();
  }
}

/** Starts it and waits for its end. @returns milliseconds */
export async function timeToEnd(
  line: readonly string[],
  options: StartOptions = {},
): Promise<number> {
  const started = new Started(line, options);
  const end = await started.ends();
  if (started.child.exitCode !== 0) throw new Error(`${line.join(' ')} failed:\n${started.said}`);
  return end - started.startedAt;
}

/** util-linux's script lends a terminal and copies what appears there. */
function inTerminal(line: readonly string[]): string[] {
  const quoted = line.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return ['script', '-qefc', `stty cols 80 rows 40; exec ${quoted}`, '/dev/null'];
}
