import fs from 'node:fs';
import path from 'node:path';
import { hasFileEvents, type Mounts, systemMounts } from './file-events';

/** What is followed, and by what the system is asked for it. */
export interface FollowOptions {
  mounts?: Mounts;
  /** The names of the files that count; programs and dumps without it. */
  names?: RegExp;
}

const lessonFiles = /\.([jt]s|rdb)$/;

/**
 * Tells of each save of a program or a dump in a folder, at once: where an editor writes a file in
 * pieces, each piece counts, and the last one is the one that matters. What was written after the
 * call is told, whatever the system reports: its events only say when to look, and the folder is
 * looked at now and then without any. A folder that is moved away is waited for.
 * @param onSave gets the file's absolute path, also when it is removed
 * @returns stops following
 */
export function followSaves(
  folder: string,
  onSave: (file: string) => void,
  { mounts = systemMounts(), names = lessonFiles }: FollowOptions = {},
): () => void {
  const saves = new Saves(folder, onSave, names);
  let stopped = false;
  const look = () => {
    // An event may be on its way when following stops.
    if (stopped || !saves.look()) return;
    events?.close();
    listen();
  };
  let events: fs.FSWatcher | undefined;
  const listen = () => {
    events = eventsOf(folder, mounts, look);
    // What came before the first event.
    look();
  };
  listen();
  let timer: NodeJS.Timeout;
  const lookAfter = (pause: number) => {
    timer = setTimeout(() => {
      const start = performance.now();
      look();
      lookAfter(events ? longestPause : pauseWithoutEvents(performance.now() - start));
    }, pause);
  };
  lookAfter(events ? longestPause : pauseWithoutEvents(0));
  return () => {
    stopped = true;
    clearTimeout(timer);
    events?.close();
    saves.close();
  };
}

/** The pauses between two looks at a folder, in ms: the longest while the system tells of changes. */
const longestPause = 1000;
const shortestPause = 150;

/**
 * How long to wait, in ms, until a folder without events is looked at again: where each file is asked for
 * on another machine, looking takes no more than a tenth of the time.
 * @param took how long the last look took, in ms
 */
export function pauseWithoutEvents(took: number): number {
  return Math.min(longestPause, Math.max(shortestPause, 10 * took));
}

/** For how long a file must have been empty to be saved so, in ms: an editor may be writing it. */
const emptyFor = 100;

/** @returns nothing where the system has none, or none left to give */
function eventsOf(folder: string, mounts: Mounts, onEvent: () => void): fs.FSWatcher | undefined {
  try {
    if (!hasFileEvents(fs.realpathSync(folder), mounts)) return undefined;
    // On Windows a folder that is removed ends its events with an error; it is still looked at.
    return fs.watch(folder, onEvent).on('error', () => {});
  } catch {
    return undefined;
  }
}

/** The files of a folder as they were told last. */
class Saves {
  readonly #folder: string;
  readonly #onSave: (file: string) => void;
  readonly #names: RegExp;
  #told: Map<string, string>;
  #identity: string;
  /** Files that were found empty: what they looked like, and since when, in ms. */
  readonly #empty = new Map<string, { stamp: string; since: number }>();
  #again: NodeJS.Timeout | undefined;

  constructor(folder: string, onSave: (file: string) => void, names: RegExp) {
    this.#folder = folder;
    this.#onSave = onSave;
    this.#names = names;
    this.#identity = identityOf(folder);
    this.#told = stampsIn(folder, names) ?? new Map();
  }

  /**
   * Tells of what has changed since it was looked at last.
   * @returns whether another folder has taken the place of the one before
   */
  look(): boolean {
    const stamps = stampsIn(this.#folder, this.#names);
    // Its files were not removed one by one: they went with it, and come back with it.
    if (!stamps) return false;
    const identity = identityOf(this.#folder);
    const replaced = identity !== this.#identity;
    this.#identity = identity;
    if (replaced) this.#recognize(stamps);
    for (const file of new Set([...this.#told.keys(), ...stamps.keys()])) {
      const stamp = stamps.get(file);
      if (stamp === this.#told.get(file) || this.#isBeingWritten(file, stamp)) continue;
      if (stamp === undefined) this.#told.delete(file);
      else this.#told.set(file, stamp);
      this.#onSave(file);
    }
    return replaced;
  }

  close(): void {
    clearTimeout(this.#again);
  }

  /** In a copy of the folder a file of the same time and size is the same one. */
  #recognize(stamps: ReadonlyMap<string, string>): void {
    const withoutNumber = (stamp = '') => stamp.replace(/ \d+ /, ' ');
    for (const [file, stamp] of stamps) {
      if (withoutNumber(stamp) === withoutNumber(this.#told.get(file))) this.#told.set(file, stamp);
    }
  }

  /** Whether a file is empty and was not yet a moment ago; then it is looked at again. */
  #isBeingWritten(file: string, stamp: string | undefined): boolean {
    if (stamp === undefined || !stamp.endsWith(' 0')) {
      this.#empty.delete(file);
      return false;
    }
    const before = this.#empty.get(file);
    const now = performance.now();
    if (before?.stamp === stamp && now - before.since >= emptyFor) return false;
    if (before?.stamp !== stamp) this.#empty.set(file, { stamp, since: now });
    this.#again ??= setTimeout(() => {
      this.#again = undefined;
      this.look();
    }, emptyFor);
    return true;
  }
}

/** By absolute path, another one after each writing; it ends with the size. Nothing without a folder. */
function stampsIn(folder: string, names: RegExp): Map<string, string> | undefined {
  try {
    const files = fs.readdirSync(folder).filter((name) => names.test(name));
    return new Map(files.flatMap((name) => stampOf(path.join(folder, name))));
  } catch {
    return undefined;
  }
}

function stampOf(file: string): [string, string][] {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() ? [[file, `${stats.mtimeMs} ${stats.ino} ${stats.size}`]] : [];
}

function identityOf(folder: string): string {
  const stats = fs.statSync(folder, { throwIfNoEntry: false });
  return stats ? `${stats.dev} ${stats.ino}` : '';
}
