const MULTIPLIER = 0x5deece66dn;
const INCREMENT = 0xbn;
const MASK = (1n << 48n) - 1n;
const LARGEST = 2 ** 31 - 1;

/**
 * The random numbers of scripts: POSIX's lrand48, which Redis has of its own, so that they are the
 * same everywhere. One sequence goes through all scripts and functions of a server.
 */
export class ScriptRandom {
  #state = 0x1234_abcd_330en;

  seed(seed: number): void {
    this.#state = (BigInt.asUintN(32, BigInt(seed)) << 16n) | 0x330en;
  }

  /** From 0 up to but not including 1. */
  next(): number {
    this.#state = (this.#state * MULTIPLIER + INCREMENT) & MASK;
    return (Number(this.#state >> 17n) % LARGEST) / LARGEST;
  }
}
