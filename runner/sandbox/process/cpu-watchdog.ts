/** So much processor time, in ms, and it is worth asking whether a program is still there. */
const doubt = 1000;

/** Until the learner's own code runs, the compiler is at work: that may take so much longer, in ms. */
const starting = 15_000;

/**
 * Tells a program that is stuck in a loop from one that is slow. Only processor time counts that
 * it has used up itself since it was asked: on a machine under load a program gets less of that,
 * and is not judged any sooner.
 */
export class CpuWatchdog {
  readonly #limit: number;
  readonly #ask: () => void;
  #askedAt: number | undefined;
  #lastSign = 0;
  #fresh = true;
  #started = false;

  /**
   * @param limit milliseconds of processor time
   * @param ask asks the program for a sign of life
   */
  constructor(limit: number, ask: () => void) {
    this.#limit = limit;
    this.#ask = ask;
  }

  /** The program has answered. */
  beat(): void {
    this.#fresh = true;
    this.#askedAt = undefined;
  }

  /** The learner's own code begins to run. */
  started(): void {
    this.#started = true;
    this.beat();
  }

  /**
   * @param cpu the processor time that the program has used since its start, in ms
   * @returns whether it has been stuck for longer than the limit
   */
  stuck(cpu: number): boolean {
    if (this.#fresh) this.#lastSign = cpu;
    this.#fresh = false;
    if (this.#askedAt === undefined) {
      if (cpu - this.#lastSign < doubt) return false;
      this.#askedAt = cpu;
      this.#ask();
      return false;
    }
    return cpu - this.#askedAt > this.#limit + (this.#started ? 0 : starting);
  }
}
