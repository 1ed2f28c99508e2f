import pMap from 'p-map';
import { lastCommitOf } from '../submission/repository';

/** The last commits of repositories elsewhere, asked for again and again. */
export class RemoteCommits {
  readonly #known = new Map<string, string>();
  readonly #every: number;
  readonly #signal: AbortSignal;
  #asking: Promise<void> | undefined;
  #asked = Number.NEGATIVE_INFINITY;

  /** @param every how often each is asked, in ms */
  constructor(every: number, signal: AbortSignal) {
    this.#every = every;
    this.#signal = signal;
  }

  /**
   * The last commit that is known; another text where the repository cannot be asked, nothing before it
   * has been asked for the first time.
   */
  of(url: string): string | undefined {
    return this.#known.get(url);
  }

  /** Asks those that are due, in the background. */
  ask(urls: readonly string[]): void {
    const isNew = urls.some((url) => !this.#known.has(url));
    const isDue = performance.now() - this.#asked >= this.#every;
    if (this.#asking || urls.length === 0 || !(isNew || isDue)) return;
    const asked = isDue ? urls : urls.filter((url) => !this.#known.has(url));
    if (isDue) this.#asked = performance.now();
    this.#asking = pMap(asked, (url) => this.#askOne(url), { concurrency: atOnce }).then(() => {
      this.#asking = undefined;
    });
  }

  /** Resolves when nobody is asked any more. */
  async close(): Promise<void> {
    await this.#asking;
  }

  async #askOne(url: string): Promise<void> {
    if (this.#signal.aborted) return;
    try {
      this.#known.set(url, (await lastCommitOf(url, this.#signal)) ?? 'empty');
    } catch {
      // What was there is still what counts; whoever fetches it for the first time is told why it cannot be.
      if (!this.#known.has(url)) this.#known.set(url, 'unknown');
    }
  }
}

const atOnce = 4;
