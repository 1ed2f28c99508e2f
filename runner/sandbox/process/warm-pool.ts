import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { drainEventLoop } from '../../redis/drain-event-loop';
import { type TemporaryFolder, temporaryFolder } from '../../redis/temporary';
import { newMarker } from './marker';
import { killGroup } from './process-group';
import { reaper } from './reaper';
import type { KeptPackages, LentModule, PackageImports } from './settings';
import { SignedLines } from './signed-lines';
import { type Recipe, spawnProgram } from './spawning';

/** As many programs as one check of a queue starts: both files of the lesson, each with its other side. */
const least = 6;

/** As many as a check starts that tries tests on broken modules. */
const most = 12;

/** What one takes that waits with BullMQ loaded, its share of what all have in common apart, in bytes. */
const memoryOfOne = 30e6;

/**
 * How many may wait: of more than the least, all together take a twentieth of the memory at most.
 * @param available memory that can still be had, in bytes
 */
export function placesFor(available: number): number {
  return Math.min(most, Math.max(least, Math.floor(available / 20 / memoryOfOne)));
}

/** Of a check that starts more, so many are remembered. */
const mostAsked = 24;

/** What a warm program is for: the process, and what it loads meanwhile. */
export interface WarmRecipe extends Recipe {
  fallbackModules: string;
  lent: readonly LentModule[];
  kept: KeptPackages;
  imports: readonly PackageImports[];
}

/** A process that waits for its settings. */
export interface WarmProgram {
  child: ChildProcess;
  marker: string;
  lines: SignedLines;
  /** For when it has ended: removes what it had. */
  release(): void;
}

/**
 * Programs that are started before they are needed: who watches a file will run it again. Each
 * waits, with its packages loaded, for the word to begin, and cannot tell that it has waited.
 */
export class WarmPool {
  readonly #waiting = new Map<string, WarmProgram[]>();
  #asked: WarmRecipe[] = [];
  /** What the next check is going to ask for besides what waits, in that order. */
  #due: WarmRecipe[] = [];
  #places = least;
  #closed = false;
  #folder: TemporaryFolder | undefined;

  /** A folder for a check, in the pool's own: that one is seen by what waits behind walls. */
  folder(): TemporaryFolder {
    return temporaryFolder('', undefined, this.#own);
  }

  /** Where the servers of programs that waited behind walls put their sockets, absolute. */
  get sockets(): string {
    return path.join(this.#own, 's');
  }

  get #own(): string {
    if (this.#folder === undefined) {
      this.#folder = temporaryFolder('workbook-', reaper);
      mkdirSync(this.sockets);
    }
    return this.#folder.path;
  }

  /** @returns a process for just this recipe, where one waits; it is remembered for {@link refill} */
  take(recipe: WarmRecipe): WarmProgram | undefined {
    if (this.#asked.length < mostAsked) this.#asked.push(recipe);
    const key = keyOf(recipe);
    const taken = this.#waiting.get(key)?.shift();
    if (!taken) {
      // It is started now, by whoever asks.
      const due = this.#due.findIndex((one) => keyOf(one) === key);
      if (due >= 0) this.#due.splice(due, 1);
    }
    void this.#startDue();
    return taken;
  }

  /**
   * Has what was asked for since the last time there the next time; ends all else.
   * @returns when as many wait as may
   */
  refill(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#places = placesFor(process.availableMemory());
    const before = new Map(this.#waiting);
    this.#waiting.clear();
    this.#due = this.#asked.filter((recipe) => {
      const warm = before.get(keyOf(recipe))?.pop();
      if (warm) this.#keep(recipe, warm);
      return !warm;
    });
    this.#asked = [];
    for (const warm of [...before.values()].flat()) void end(warm);
    return this.#startDue();
  }

  /** Ends those that wait, and starts no more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#due = [];
    const left = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    await Promise.all(left.map(end));
    this.#folder?.remove();
  }

  /** The processes that wait, by their ids. */
  get processes(): number[] {
    return [...this.#waiting.values()].flat().flatMap(({ child }) => child.pid ?? []);
  }

  /** One after the other: to start a process takes some milliseconds, in which nothing else is done. */
  async #startDue(): Promise<void> {
    for (;;) {
      await drainEventLoop();
      if (this.processes.length >= this.#places) return;
      const next = this.#due.shift();
      if (!next) return;
      this.#keep(next, this.#start(next));
    }
  }

  #start(recipe: WarmRecipe): WarmProgram {
    const { fallbackModules, lent, kept, imports } = recipe;
    const marker = newMarker();
    const settings = { imports, fallbackModules, lent, kept };
    const home = temporaryFolder('workbook-', reaper);
    const lines = new SignedLines();
    const place = { home: home.path, folder: this.#own, sockets: this.sockets };
    const child = spawnProgram(recipe, settings, place, marker, lines.key);
    const gone = child.pid === undefined ? undefined : reaper.group(child.pid);
    const release = () => {
      home.remove();
      gone?.();
    };
    return { child, marker, lines, release };
  }

  #keep(recipe: WarmRecipe, warm: WarmProgram): void {
    const key = keyOf(recipe);
    const same = this.#waiting.get(key) ?? [];
    this.#waiting.set(key, [...same, warm]);
    // One that cannot be started, or does not stay, is none.
    const forget = () => {
      const waiting = this.#waiting.get(key) ?? [];
      if (!waiting.includes(warm)) return;
      this.#waiting.set(
        key,
        waiting.filter((one) => one !== warm),
      );
      warm.release();
    };
    warm.child.once('error', forget).once('exit', forget);
  }
}

async function end({ child, release }: WarmProgram): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    killGroup(child.pid, 'SIGKILL');
    await ended;
  }
  release();
}

function keyOf(recipe: WarmRecipe): string {
  const { main, folder, args, memory, isolation, seen, lent, imports } = recipe;
  return JSON.stringify([main, folder, args, memory, isolation, seen, lent, imports]);
}
