import { createHash } from 'node:crypto';
import os from 'node:os';
import type { Lesson } from '../course/lesson';
import type { ClassLearner } from './class-record';
import type { ClassQueue, Outcome } from './queue/class-queue';
import type { Urgency } from './queue/submission-job';
import type { ResultsFolder } from './results/results-folder';
import type { Learner } from './roster/learner';
import { handedInAt } from './submission/handed-in';
import { pack } from './submission/packing';
import type { Places } from './submission/places';
import { SubmissionRefusal } from './submission/refusal';
import { type GradingTerms, readSubmission, submissionId } from './submission/submission';

/** How a class is graded. */
export interface ClassRequest {
  /** The lessons by whose files a course folder is found. */
  lessons: readonly Lesson[];
  terms: GradingTerms;
  queue: Pick<ClassQueue, 'claim' | 'submit' | 'hasten'>;
  results: ResultsFolder;
  places: Places;
  progress: ClassProgress;
  /** Aborted when no more is to be put on the queue. */
  stop: AbortSignal;
  /** Aborted when no more is to be waited for. */
  signal: AbortSignal;
}

/** How far a class is, counted in learners. */
export interface ClassProgress {
  all: number;
  /** Those of whom there is a result, a fault or a refusal. */
  done: number;
  /** Those among them whose result was there before. */
  known: number;
}

/** How many submissions are on the queue at once: enough for many workers, and for a small Redis. */
const mostWaiting = 100;

/** What of a class is on the queue, and whose it is. */
export class ClassGrading {
  readonly #request: ClassRequest;
  /** Submissions that somebody waits for, each with the folders of the learners whose it is. */
  readonly #open = new Map<string, { folders: Set<string>; settled: Promise<void> }>();
  /** The folders of those of whom all is known. */
  readonly #done = new Set<string>();
  readonly #stopped: Promise<void>;
  readonly #givenUp: Promise<void>;
  #failure: { error: unknown } | undefined;

  constructor(request: ClassRequest) {
    this.#request = request;
    this.#stopped = aborted(request.stop);
    this.#givenUp = aborted(request.signal);
  }

  /** How often it became known what came of somebody's files. */
  settledCount = 0;

  /** Whether another submission may be put on the queue. @throws whatever failed before */
  get hasRoom(): boolean {
    this.#throwFailure();
    return this.#open.size < mostWaiting;
  }

  /** Resolves once another submission may be put on the queue. */
  async room(): Promise<void> {
    while (!this.hasRoom && !this.#request.stop.aborted) await this.#next(this.#stopped);
  }

  /** Resolves once all is settled, or no more is waited for. */
  async end(): Promise<void> {
    while (this.#open.size > 0 && !this.#request.signal.aborted) await this.#next(this.#givenUp);
    this.#throwFailure();
  }

  /**
   * Reads what a learner handed in, and has it graded where it is not. What they handed in before is
   * not waited for any more.
   * @throws EnvironmentError if there is no room to read it
   */
  async take(learner: Learner, urgency: Urgency = 'rest'): Promise<ClassLearner> {
    const { places, stop } = this.#request;
    try {
      const { read, id, packed } = await this.#read(learner);
      this.forget(learner.folder);
      await Promise.race([this.#request.queue.claim(this.#claimant(learner), id), this.#givenUp]);
      this.#want(learner, { id, packed, urgency });
      return read;
    } catch (error) {
      if (stop.aborted) return { ...learner, leftOut: [] };
      if (!(error instanceof SubmissionRefusal)) throw error;
      this.forget(learner.folder);
      this.#settle(learner.folder);
      const { message, next } = error;
      return { ...learner, refusal: { message, next }, leftOut: [] };
    } finally {
      await places.release(learner.folder);
    }
  }

  /** Nobody waits here any more for what came of a learner's folder. */
  forget(folder: string): void {
    for (const { folders } of this.#open.values()) folders.delete(folder);
    this.#done.delete(folder);
    this.#request.progress.done = this.#done.size;
  }

  async #read(learner: Learner): Promise<{ read: ClassLearner; id: string; packed: () => string }> {
    const { lessons, terms, places } = this.#request;
    const { folder, at: packedAt } = await places.open(learner.folder);
    try {
      const submission = readSubmission(lessons, folder);
      const id = submissionId(submission, terms);
      const at = (packedAt ?? handedInAt(folder, submission))?.toISOString();
      const leftOut = [...submission.leftOut];
      const read = { ...learner, submission: id, leftOut, ...(at ? { at } : {}) };
      return { read, id, packed: () => pack(submission).toString('base64') };
    } catch (error) {
      throw error instanceof SubmissionRefusal ? error.of(folder, learner.folder) : error;
    }
  }

  #want({ folder }: Learner, { id, packed, urgency }: Wanted): void {
    const { results, progress, queue } = this.#request;
    if (results.has(id)) {
      progress.known += 1;
      this.#settle(folder);
      return;
    }
    const open = this.#open.get(id);
    if (!open) this.#submit(folder, { id, packed: packed(), urgency });
    else {
      open.folders.add(folder);
      if (urgency === 'changed') queue.hasten(id).catch((error) => this.#fail(error));
    }
  }

  #submit(folder: string, { id, packed, urgency }: Omit<Wanted, 'packed'> & { packed: string }) {
    const { queue, terms } = this.#request;
    const settled = queue
      .submit(id, () => ({ lessons: [...terms.lessons], packed }), urgency)
      .then((outcome) => this.#keep(id, outcome))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        for (const one of this.#open.get(id)?.folders ?? []) this.#settle(one);
        this.#open.delete(id);
      });
    this.#open.set(id, { folders: new Set([folder]), settled });
  }

  #keep(id: string, outcome: Outcome): void {
    const { results } = this.#request;
    if ('superseded' in outcome) return;
    if ('result' in outcome) results.keep(outcome.result);
    else {
      const { cause, part } = outcome;
      results.keepFault(id, { cause, ...(part ? { part: part.graded } : {}) });
    }
  }

  #settle(folder: string): void {
    this.settledCount += 1;
    this.#done.add(folder);
    this.#request.progress.done = this.#done.size;
  }

  /** Two classes may have a learner in the same folder; nobody's name leaves the machine. */
  #claimant({ folder }: Learner): string {
    const place = [os.hostname(), this.#request.results.folder, folder];
    return createHash('sha256').update(JSON.stringify(place)).digest('hex').slice(0, 32);
  }

  async #next(end: Promise<void>): Promise<void> {
    await Promise.race([...[...this.#open.values()].map(({ settled }) => settled), end]);
    this.#throwFailure();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

interface Wanted {
  id: string;
  packed: () => string;
  urgency: Urgency;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
