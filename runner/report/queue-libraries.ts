import type { KeyEntry, WireEntry } from '../grading/verdict';
import type { JobMove } from '../vocabulary/job-move';
import type { Presentation, ShownJob } from '../vocabulary/presentation';

/** The jobs and keys of one library among the keys that a run left. */
export interface LibraryKeys {
  library: string;
  /** By their ids. */
  jobs: ShownJob[];
  /** What the library keeps for itself. */
  own: KeyEntry[];
}

let load: () => readonly Presentation[] = () => [];
let loaded: readonly Presentation[] | undefined;

/**
 * Has reports show the queue libraries of a course.
 * @param presentations called once, when there is something to show
 */
export function showQueueLibraries(presentations: () => readonly Presentation[]): void {
  load = presentations;
  loaded = undefined;
}

/** The libraries that are at work in a run. */
export function librariesIn(wire: readonly WireEntry[]): readonly Presentation[] {
  return presentations().filter((one) => one.isUsedIn(wire));
}

/** Whether a queue library sent this command for itself. */
export function isHousekeeping({ command }: WireEntry): boolean {
  return presentations().some((one) => one.isHousekeeping(command));
}

/** What a message says of a job; undefined for one that is no event of a queue library. */
export function eventText(message: string): string | undefined {
  return firstOf((one) => one.eventText(message));
}

/** What a command and its reply tell of jobs, a line each; nothing for most commands. */
export function toldOfJobs(entry: WireEntry): readonly string[] {
  return presentations().flatMap((one) => one.told?.(entry) ?? []);
}

/** What a command and its reply do with jobs, in order. */
export function movesIn(entry: WireEntry): readonly JobMove[] {
  return presentations().flatMap((one) => one.movesIn?.(entry) ?? []);
}

/** The jobs that a command, or a message, is about. */
export function jobsIn(entry: WireEntry): readonly string[] {
  return presentations().flatMap((one) => one.jobsIn?.(entry) ?? []);
}

/** What stands for a reply that is long and always the same; undefined for any other reply. */
export function replyName(command: readonly string[]): string | undefined {
  return firstOf((one) => one.replyName(command));
}

/** Parts keys into those of queue libraries, and the others. */
export function partKeys(entries: readonly KeyEntry[]): {
  libraries: LibraryKeys[];
  others: KeyEntry[];
} {
  const others = new Set(entries);
  const libraries = presentations().map((one): LibraryKeys => {
    const jobs: ShownJob[] = [];
    const own: KeyEntry[] = [];
    for (const entry of others) {
      const job = one.jobIn(entry);
      if (job) jobs.push(job);
      else if (one.isOwnKey(entry.key)) own.push(entry);
      else continue;
      others.delete(entry);
    }
    return { library: one.library, jobs: jobs.sort(byId), own };
  });
  return { libraries, others: [...others] };
}

function presentations(): readonly Presentation[] {
  loaded ??= load();
  return loaded;
}

function firstOf(ask: (one: Presentation) => string | undefined): string | undefined {
  for (const one of presentations()) {
    const answer = ask(one);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Numbers by their size: of numbers that are written alike, the longer one is the larger. */
function byId(one: ShownJob, other: ShownJob): number {
  return one.id.length - other.id.length || (one.id < other.id ? -1 : 1);
}
