/** What a screen hears of, one thing after another: keys, saves, results. */
export class EventQueue<Happening> {
  readonly #waiting: Happening[] = [];
  readonly #signal: AbortSignal;
  #wake: () => void = () => {};

  /** @param signal ends the waiting */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#ended);
  }

  push(happening: Happening): void {
    this.#waiting.push(happening);
    this.#wake();
  }

  /** The next one, at once or when it comes. @throws the signal's reason once that is aborted */
  async next(): Promise<Happening> {
    for (;;) {
      this.#signal.throwIfAborted();
      const happening = this.#waiting.shift();
      if (happening !== undefined) return happening;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Nobody listens any more. */
  close(): void {
    this.#signal.removeEventListener('abort', this.#ended);
  }

  #ended = () => this.#wake();
}
