/** Events that wait for their reader, one after another: keys, saves, results. */
export class EventQueue<Item> {
  readonly #waiting: Item[] = [];
  readonly #signal: AbortSignal;
  #wake: () => void = () => {};

  /** @param signal ends the waiting */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#ended);
  }

  push(item: Item): void {
    this.#waiting.push(item);
    this.#wake();
  }

  /** The next one, at once or when it comes. @throws the signal's reason once that is aborted */
  async next(): Promise<Item> {
    for (;;) {
      this.#signal.throwIfAborted();
      const item = this.#waiting.shift();
      if (item !== undefined) return item;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Ends the reading. */
  close(): void {
    this.#signal.removeEventListener('abort', this.#ended);
  }

  #ended = () => this.#wake();
}
