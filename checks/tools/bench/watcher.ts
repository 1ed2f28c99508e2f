import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { start } from '../../support/command-line';
import { Started } from './started';
import { lessonFile } from './worked';

/** A learner who keeps `watch N` open and saves a right version again and again. */
export class Watcher {
  readonly started: Started;
  readonly #home: string;
  readonly #name: string;
  readonly #source: string;
  #saves = 0;

  private constructor(
    lesson: string,
    [name = '', ...beside]: readonly string[],
    nodeOptions: readonly string[],
  ) {
    this.#home = mkdtempSync(path.join(os.tmpdir(), 'workbook-bench-'));
    this.#name = name;
    this.#source = readFileSync(lessonFile(name), 'utf8');
    writeFileSync(path.join(this.#home, name), this.#source);
    for (const other of beside) copyFileSync(lessonFile(other), path.join(this.#home, other));
    const line = [process.execPath, ...nodeOptions, start, 'watch', lesson];
    const env = { WORKBOOK_HOME: this.#home };
    this.started = new Started(line, { env, ipc: nodeOptions.length > 0 });
  }

  /**
   * Starts it, and waits until it waits for a save.
   * @param lesson as it is typed
   * @param files of the lesson: the one that is saved, then those that lie beside it
   */
  static async start(
    lesson: string,
    files: readonly string[],
    nodeOptions: readonly string[] = [],
  ): Promise<Watcher> {
    const watcher = new Watcher(lesson, files, nodeOptions);
    await watcher.started.says(/Waiting for you to save/);
    return watcher;
  }

  /**
   * Saves the file, as editors do: written beside, then renamed. The text is a new one each time.
   * @returns milliseconds from the rename to the verdict's text
   */
  async save(): Promise<number> {
    const beside = path.join(this.#home, '.saving');
    writeFileSync(beside, `${this.#source}// ${process.pid} ${++this.#saves}\n`);
    const from = this.started.said.length;
    const at = performance.now();
    renameSync(beside, path.join(this.#home, this.#name));
    const verdict = await this.started.says(/ (passed|failed) /, from);
    if (!/ passed /.test(this.started.said.slice(from))) throw new Error(this.started.said);
    return verdict - at;
  }

  async stop(): Promise<void> {
    await this.started.stop('SIGTERM');
    rmSync(this.#home, { recursive: true, force: true });
  }
}
