import { existsSync } from 'node:fs';
import path from 'node:path';
import type { KeyEntry, WireEntry } from '../grading/verdict';
import type { JobMove, JobPhase } from './job-move';

/**
 * How a queue library is shown in reports: which keys are its jobs, which commands and keys are
 * its own housekeeping, and what its events say. A vocabulary of a library brings one, in its
 * `presentation.ts`.
 */
export interface Presentation {
  /** As the library is called in a sentence, such as `kue`. */
  library: string;
  /** Whether the library is at work in a run. */
  isUsedIn(wire: readonly WireEntry[]): boolean;
  /** Whether the library sends such a command for itself: it says nothing about the jobs. */
  isHousekeeping(command: readonly string[]): boolean;
  /** Whether the library keeps such a key for itself. */
  isOwnKey(key: string): boolean;
  /** The job that a key holds; undefined for any other key. */
  jobIn(entry: KeyEntry): ShownJob | undefined;
  /** What a message says of a job; undefined for any other message. */
  eventText(message: string): string | undefined;
  /** What a command and its reply tell of jobs, a line each; undefined for a library that publishes it all. */
  told?(entry: WireEntry): readonly string[];
  /** What stands for a reply that is long and always the same; undefined for any other reply. */
  replyName(command: readonly string[]): string | undefined;
  /** What a command and its reply do with jobs, in order; nothing for most commands. */
  movesIn?(entry: WireEntry): readonly JobMove[];
  /** The jobs that a command, or a message, is about, by the names that moves have for them. */
  jobsIn?(entry: WireEntry): readonly string[];
}

/** A job as reports show it. */
export interface ShownJob {
  id: string;
  type: string;
  /** In the library's own word. */
  state: string;
  phase: JobPhase;
  /** What it was created with; undefined if that is no JSON. */
  data: unknown;
  /** Percent; undefined if no progress was reported. */
  progress: number | undefined;
  /** The message that it failed with. */
  error: string | undefined;
}

/** The presentations of the queue libraries among these vocabularies, in their order. */
export function presentationsOf(vocabularies: readonly string[]): Presentation[] {
  return vocabularies
    .map((name) => path.join(__dirname, name, 'presentation.ts'))
    .filter((file) => existsSync(file))
    .map((file) => (require(file) as { presentation: Presentation }).presentation);
}
