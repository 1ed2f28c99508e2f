import { type OpenPlace, openPlace } from './place';

/** What the learners of a class handed in, opened once for all who read it. */
export class Places {
  readonly #opened = new Map<string, Promise<OpenPlace>>();
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Opens a place, or has it opened already. @throws as {@link openPlace} */
  open(place: string): Promise<OpenPlace> {
    const before = this.#opened.get(place);
    if (before) return before;
    const opened = openPlace(place, this.#signal);
    // Whoever asks for it is told.
    opened.catch(() => {});
    this.#opened.set(place, opened);
    return opened;
  }

  /** Has read what is there; the next time it is opened anew. */
  async release(place: string): Promise<void> {
    const opened = this.#opened.get(place);
    this.#opened.delete(place);
    await opened?.then(
      (one) => one.remove(),
      () => {},
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#opened.keys()].map((place) => this.release(place)));
  }
}
