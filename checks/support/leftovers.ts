import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/*
 * Whether anything outlives a check. A test gives everything that it starts a folder for temporary
 * files of its own, TMPDIR: its name stands in the environment of every process, and what is left
 * in it was left by them.
 */

/** Points TMPDIR, also of this process, at a new folder. */
export function ownTemporaryFolder(): Leftovers {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'left-'));
  process.env.TMPDIR = folder;
  return new Leftovers(folder, () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
}

/** How long what was killed may take to be gone, in ms. */
const patience = 10_000;

export class Leftovers {
  constructor(
    readonly folder: string,
    readonly restore: () => void,
  ) {}

  /**
   * Processes other than this one that were started below it, by their environment; none where the
   * system does not show that (only Linux does).
   * @param reaper whether this process's own reaper counts
   */
  processes(reaper = true): { pid: number; command: string }[] {
    if (process.platform !== 'linux') return [];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((name) => read(`/proc/${name}/environ`).includes(`TMPDIR=${this.folder}`))
      .map((name) => ({
        pid: Number(name),
        command: read(`/proc/${name}/cmdline`).replaceAll('\0', ' '),
      }))
      .filter(({ command }) => reaper || !command.includes('while IFS= read -r line'));
  }

  get files(): string[] {
    // ts-node keeps compiled code there for all who use it on the machine.
    return readdirSync(this.folder).filter((name) => !name.startsWith('v8-compile-cache'));
  }

  /** Waits until nothing is left: processes that were killed take a moment to be gone. */
  async none(reaper = true): Promise<void> {
    const deadline = performance.now() + patience;
    const left = () => [...this.processes(reaper).map(({ command }) => command), ...this.files];
    let found = left();
    while (found.length > 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      found = left();
    }
    assert.deepEqual(found, []);
  }

  remove(): void {
    this.restore();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
