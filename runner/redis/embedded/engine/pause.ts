/** ms that a timer can wait. */
const LONGEST = 0x7fffffff;

/** CLIENT PAUSE: commands that wait until its time is over, or until UNPAUSE. */
export class Pause {
  #kind: 'write' | 'all' | undefined;
  #until = 0;
  #timer: NodeJS.Timeout | undefined;
  #waiting = new Set<() => void>();

  /** Clients that wait, for INFO. */
  get count(): number {
    return this.#waiting.size;
  }

  /** @param ms from now; a longer pause that is on already stays as long */
  begin(kind: 'write' | 'all', ms: number): void {
    this.#kind = kind;
    this.#until = Math.max(this.#until, Date.now() + ms);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), Math.min(this.#until - Date.now(), LONGEST));
    this.#timer.unref();
  }

  /** Lets all go on, in the order in which they came. */
  end(): void {
    clearTimeout(this.#timer);
    this.#kind = undefined;
    this.#until = 0;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const goOn of waiting) goOn();
  }

  /** @param changes whether the command may change something */
  holds(changes: boolean): boolean {
    return this.#kind === 'all' || (this.#kind === 'write' && changes);
  }

  /** @returns takes it back */
  wait(goOn: () => void): () => void {
    this.#waiting.add(goOn);
    return () => this.#waiting.delete(goOn);
  }
}
