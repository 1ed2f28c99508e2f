import { setTimeout } from 'node:timers/promises';
import { UsageError } from '../../course/usage-error';
import { ClassGrading, type ClassRequest } from '../class-grading';
import type { ClassLearner } from '../class-record';
import type { Urgency } from '../queue/submission-job';
import type { Learner } from '../roster/learner';
import { PlaceChanges } from './place-changes';

/** A class to be watched. */
export interface WatchRequest extends ClassRequest {
  /** Those who are in it now. @throws UsageError while that cannot be read */
  learners: () => readonly Learner[];
  /**
   * Told of what each has handed in, after each look; with another state once that, or what came of it, has
   * changed.
   */
  onLook: (read: ClassLearner[], state: string) => void;
  /** Told who is graded again. */
  onTaken: (learner: Learner) => void;
  /** How often folders are looked at, and repositories elsewhere are asked, in ms. */
  lookEvery?: number;
  remoteEvery?: number;
}

/**
 * Grades a class, and then whatever changes in it, before the rest of the class, until it is stopped. New
 * folders are new learners.
 * @throws EnvironmentError if results cannot be written, or zips and repositories have no room
 */
export async function watchClass(request: WatchRequest): Promise<void> {
  const { stop, lookEvery = usualLook, remoteEvery = usualRemoteLook } = request;
  const changes = new PlaceChanges(remoteEvery, stop);
  const watched = new WatchedClass(request, changes);
  try {
    while (!stop.aborted) {
      const begun = performance.now();
      await watched.look();
      await watched.takeRest(begun + lookEvery);
      watched.tell();
      const took = performance.now() - begun;
      // A class that takes long to look at is not looked at all the time.
      await pause(Math.max(lookEvery - took, took / 4), stop);
    }
    await watched.end();
    watched.tell();
  } finally {
    await changes.close();
  }
}

const usualLook = 1000;
const usualRemoteLook = 60_000;

class WatchedClass {
  readonly #request: WatchRequest;
  readonly #changes: PlaceChanges;
  readonly #grading: ClassGrading;
  #learners: readonly Learner[] = [];
  /** Those who were there from the beginning, and wait for their turn. */
  #rest: Learner[] = [];
  readonly #read = new Map<string, ClassLearner>();
  #isFirst = true;

  constructor(request: WatchRequest, changes: PlaceChanges) {
    this.#request = request;
    this.#changes = changes;
    this.#grading = new ClassGrading(request);
  }

  /** Takes what has changed, at once. */
  async look(): Promise<void> {
    const { progress, stop, onTaken } = this.#request;
    this.#learners = this.#now();
    progress.all = this.#learners.length;
    const there = new Set(this.#learners.map(({ folder }) => folder));
    for (const folder of this.#read.keys()) {
      if (there.has(folder)) continue;
      this.#read.delete(folder);
      this.#grading.forget(folder);
    }
    for (const { learner, isNew } of await this.#changes.look(this.#learners)) {
      if (stop.aborted) return;
      if (isNew && this.#isFirst) this.#rest.push(learner);
      else {
        this.#rest = this.#rest.filter(({ folder }) => folder !== learner.folder);
        onTaken(learner);
        await this.#take(learner, 'changed');
      }
    }
    this.#isFirst = false;
  }

  /** Takes of the rest of the class what there is room for. @param until when to look again, in ms */
  async takeRest(until: number): Promise<void> {
    while (this.#grading.hasRoom && performance.now() < until && !this.#request.stop.aborted) {
      const next = this.#rest.shift();
      if (!next) return;
      await this.#take(next, 'rest');
    }
  }

  async end(): Promise<void> {
    await this.#grading.end();
  }

  /** Tells of the class as it is now. */
  tell(): void {
    const read = this.#learners.map(
      (learner): ClassLearner => ({
        ...(this.#read.get(learner.folder) ?? { leftOut: [] }),
        ...learner,
      }),
    );
    this.#request.onLook(read, JSON.stringify([this.#grading.settledCount, read]));
  }

  async #take(learner: Learner, urgency: Urgency): Promise<void> {
    const { folder } = learner;
    const read = await this.#grading.take(learner, urgency);
    // Stopped before it was read: what was there before is what is known.
    if (read.submission === undefined && !read.refusal && this.#read.has(folder)) return;
    this.#read.set(folder, read);
  }

  /** A roster that somebody is writing just now is read the next time. */
  #now(): readonly Learner[] {
    try {
      return this.#request.learners();
    } catch (error) {
      if (error instanceof UsageError) return this.#learners;
      throw error;
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
