import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import * as v from 'valibot';
import { EnvironmentError } from '../../redis/instance';
import { type Listener, workEventSchema } from './worker-event';
import type { ProcessSettings, WorkerMessage } from './worker-messages';

/** Workers on this machine, a process each. One that dies is replaced. */
export class WorkerProcesses {
  readonly #settings: ProcessSettings;
  readonly #tell: Listener;
  readonly #running = new Set<ChildProcess>();
  #leaving = false;
  /** Those in a row that ended before they had run for a while. */
  #stillborn = 0;
  #giveUp: (error: Error) => void = () => {};
  /** Fails once no worker can be started any more; never succeeds. */
  readonly failure: Promise<never>;

  /** @param tell told of what happens in all of them */
  constructor(settings: ProcessSettings, count: number, tell: Listener = () => {}) {
    this.#settings = settings;
    this.#tell = tell;
    this.failure = new Promise((_, reject) => {
      this.#giveUp = reject;
    });
    this.failure.catch(() => {});
    for (let started = 0; started < count; started++) this.#start();
  }

  get pids(): number[] {
    return [...this.#running].flatMap(({ pid }) => pid ?? []);
  }

  /** Each ends once what it has in hand is graded. */
  finish(): Promise<void> {
    return this.#leave('finish');
  }

  /** Each gives back what it has in hand, and ends. */
  handBack(): Promise<void> {
    return this.#leave('hand back');
  }

  async #leave(does: 'finish' | 'hand back'): Promise<void> {
    this.#leaving = true;
    const ended = [...this.#running].map(
      (child) => new Promise<void>((resolve) => child.once('close', () => resolve())),
    );
    for (const child of this.#running) tell(child, { does });
    await Promise.all(ended);
  }

  #start(): void {
    const child = fork(path.join(__dirname, 'worker-process.ts'), {
      execArgv: ['-r', path.join(__dirname, '../../hook.cjs')],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const begun = performance.now();
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-1000);
    });
    child.on('error', (error) => {
      errors ||= error.message;
    });
    this.#running.add(child);
    const { pid: worker = 0 } = child;
    this.#tell({ worker, event: 'started' });
    child.on('message', (message) => {
      this.#tell({ worker, ...v.parse(workEventSchema, message) });
    });
    child.once('close', (code, signal) => {
      this.#running.delete(child);
      this.#tell({ worker, event: 'ended', code, signal });
      // One that was asked to end, by TERM, is not missed.
      if (this.#leaving || code === 0) return;
      const isStillborn = performance.now() - begun < shortLife;
      this.#stillborn = isStillborn ? this.#stillborn + 1 : 0;
      if (this.#stillborn >= mostStillborn) return this.#giveUp(cannotStart(errors));
      this.#start();
    });
    tell(child, { does: 'grade', settings: this.#settings });
  }
}

/** A worker that ends within so many ms has hardly begun; so many of them in a row are enough. */
const shortLife = 5000;
const mostStillborn = 6;

function tell(child: ChildProcess, message: WorkerMessage): void {
  // It may have ended meanwhile.
  if (child.connected) child.send(message, () => {});
}

function cannotStart(errors: string): EnvironmentError {
  const reason = errors.trim().split('\n').at(-1) ?? '';
  return new EnvironmentError(
    `Workers end as soon as they are started${reason && `: ${reason}`}`,
    'See whether the machine has memory and processes left, and start the command again.',
  );
}
