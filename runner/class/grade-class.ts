import type { Lesson } from '../course/lesson';
import type { ClassLearner } from './class-record';
import type { ClassQueue, Outcome } from './queue/class-queue';
import type { ResultsFolder } from './results/results-folder';
import type { Learner } from './roster/learner';
import { handedInAt } from './submission/handed-in';
import { pack } from './submission/packing';
import type { Places } from './submission/places';
import { SubmissionRefusal } from './submission/refusal';
import { type GradingTerms, readSubmission, submissionId } from './submission/submission';

/** A class to grade. */
export interface ClassRequest {
  learners: readonly Learner[];
  /** The lessons by whose files a course folder is found. */
  lessons: readonly Lesson[];
  terms: GradingTerms;
  queue: Pick<ClassQueue, 'submit'>;
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
  readonly all: number;
  /** Those of whom there is a result, a fault or a refusal. */
  done: number;
  /** Those among them whose result was there before. */
  known: number;
}

/**
 * Grades every folder of a class that is not graded yet; equal folders once. What comes of each is in
 * the results folder as soon as it is known.
 * @returns what each learner handed in, in their order; a folder that was not read yet has neither a
 * submission nor a refusal
 * @throws EnvironmentError if results cannot be written, or zips and repositories have no room
 */
export async function gradeClass(request: ClassRequest): Promise<ClassLearner[]> {
  const grading = new Grading(request);
  const read: ClassLearner[] = [];
  for (const learner of request.learners) {
    await grading.room();
    read.push(request.stop.aborted ? { ...learner, leftOut: [] } : await grading.take(learner));
  }
  await grading.end();
  return read;
}

/** How many submissions are on the queue at once: enough for many workers, and for a small Redis. */
const mostWaiting = 100;

class Grading {
  readonly #request: ClassRequest;
  /** Submissions that somebody waits for, each with the learners whose it is. */
  readonly #open = new Map<string, { learners: number; settled: Promise<void> }>();
  readonly #stopped: Promise<void>;
  readonly #givenUp: Promise<void>;
  #failure: { error: unknown } | undefined;

  constructor(request: ClassRequest) {
    this.#request = request;
    this.#stopped = aborted(request.stop);
    this.#givenUp = aborted(request.signal);
  }

  /** Resolves once another submission may be put on the queue. */
  async room(): Promise<void> {
    while (this.#open.size >= mostWaiting && !this.#request.stop.aborted) {
      await this.#next(this.#stopped);
    }
    this.#throwFailure();
  }

  /** Resolves once all is settled, or no more is waited for. */
  async end(): Promise<void> {
    while (this.#open.size > 0 && !this.#request.signal.aborted) await this.#next(this.#givenUp);
    this.#throwFailure();
  }

  /** Reads what a learner handed in, and has it graded where it is not. */
  async take(learner: Learner): Promise<ClassLearner> {
    const { places, progress, stop } = this.#request;
    try {
      const { read, id, packed } = await this.#read(learner);
      this.#want(id, packed);
      return read;
    } catch (error) {
      if (stop.aborted) return { ...learner, leftOut: [] };
      if (!(error instanceof SubmissionRefusal)) throw error;
      progress.done += 1;
      const { message, next } = error;
      return { ...learner, refusal: { message, next }, leftOut: [] };
    } finally {
      await places.release(learner.folder);
    }
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

  #want(id: string, packed: () => string): void {
    const { results, progress } = this.#request;
    if (results.has(id)) {
      progress.known += 1;
      progress.done += 1;
      return;
    }
    const open = this.#open.get(id);
    if (open) open.learners += 1;
    else this.#submit(id, packed());
  }

  #submit(id: string, packed: string): void {
    const { queue, terms } = this.#request;
    const settled = queue
      .submit(id, () => ({ lessons: [...terms.lessons], packed }))
      .then((outcome) => this.#keep(id, outcome))
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#request.progress.done += this.#open.get(id)?.learners ?? 0;
        this.#open.delete(id);
      });
    this.#open.set(id, { learners: 1, settled });
  }

  #keep(id: string, outcome: Outcome): void {
    const { results } = this.#request;
    if ('result' in outcome) results.keep(outcome.result);
    else {
      const { cause, part } = outcome;
      results.keepFault(id, { cause, ...(part ? { part: part.graded } : {}) });
    }
  }

  async #next(end: Promise<void>): Promise<void> {
    await Promise.race([...[...this.#open.values()].map(({ settled }) => settled), end]);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
