import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** In ms: only a server that hangs, or a very large file, takes as long. */
const patience = 30_000;

/** What a redis-server says until it is ready or gone. Its output is read on, and dropped, after that. */
export class StartupLog {
  /** True once it accepts connections, false once it ended (or could not be run) without. */
  readonly ready: Promise<boolean>;
  readonly #lines: string[] = [];

  /** @param child just spawned, with pipes for its output */
  constructor(child: ChildProcess) {
    this.ready = new Promise((settle) => {
      const limit = setTimeout(() => {
        this.#lines.push(`it was not ready after ${patience / 1000} s`);
        settle(false);
      }, patience);
      const resolve = (ready: boolean) => {
        clearTimeout(limit);
        settle(ready);
      };
      for (const stream of [child.stdout, child.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on('line', (line) => {
          if (this.#lines.length < 200) this.#lines.push(line);
          if (/ready to accept connections/i.test(line)) resolve(true);
        });
      }
      child.once('error', (error) => {
        this.#lines.push(error.message);
        resolve(false);
      });
      child.once('close', () => resolve(false));
    });
  }

  get portTaken(): boolean {
    return this.#says(/Address already in use|Failed listening on port/i);
  }

  /** The RDB file is of a version that it does not know. */
  get versionRefused(): boolean {
    return this.#says(/Can't handle RDB format version/i);
  }

  /** The RDB file could not be loaded, for this or another reason. */
  get loadRefused(): boolean {
    return this.#says(/loading the DB|RDB|Short read|Wrong signature|opening the .* file/i);
  }

  /** Its last words, without the process id and the time in front of them. */
  get lastLine(): string {
    const line = this.#lines.findLast((text) => text.trim() !== '') ?? '';
    return line.replace(/^\d+:[A-Z] .*?\d\d:\d\d:\d\d\.\d+ \S /, '');
  }

  #says(pattern: RegExp): boolean {
    return this.#lines.some((line) => pattern.test(line));
  }
}
