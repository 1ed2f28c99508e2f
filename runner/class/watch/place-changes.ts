import { setImmediate } from 'node:timers/promises';
import type { Learner } from '../roster/learner';
import { isRepositoryUrl } from '../submission/repository';
import { placeStamp } from './place-stamp';
import { RemoteCommits } from './remote-commits';

/**
 * Tells whose files have changed, by looking: a system's own events end at a few thousand folders, and
 * tell nothing of folders that lie on another machine.
 */
export class PlaceChanges {
  readonly #remote: RemoteCommits;
  /** How each place looked when it was told last, and when it was looked at last. */
  readonly #told = new Map<string, string>();
  readonly #seen = new Map<string, string>();

  /** @param remoteEvery how often repositories elsewhere are asked, in ms */
  constructor(remoteEvery: number, signal: AbortSignal) {
    this.#remote = new RemoteCommits(remoteEvery, signal);
  }

  /**
   * Looks at all places once.
   * @returns those that are new, and those that have changed and looked the same the last time: whoever
   * copies files there is done
   */
  async look(learners: readonly Learner[]): Promise<{ learner: Learner; isNew: boolean }[]> {
    this.#remote.ask(learners.map(({ folder }) => folder).filter(isRepositoryUrl));
    const changed: { learner: Learner; isNew: boolean }[] = [];
    for (const learner of learners) {
      // Results are fetched meanwhile.
      await setImmediate();
      const { folder } = learner;
      const stamp = isRepositoryUrl(folder) ? this.#remote.of(folder) : placeStamp(folder);
      if (stamp === undefined) continue;
      const told = this.#told.get(folder);
      const isSettled = isRepositoryUrl(folder) || this.#seen.get(folder) === stamp;
      this.#seen.set(folder, stamp);
      if (told === stamp || (told !== undefined && !isSettled)) continue;
      this.#told.set(folder, stamp);
      changed.push({ learner, isNew: told === undefined });
    }
    return changed;
  }

  async close(): Promise<void> {
    await this.#remote.close();
  }
}
