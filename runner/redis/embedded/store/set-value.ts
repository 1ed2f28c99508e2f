import { isInteger } from '../protocol/numbers';
import { Names, type Walkable } from './names';

/** Redis keeps up to this many integers as a sorted array, and lists them in that order. */
const MAX_INTEGERS = 512;

/** The members of a set: of integers only, they come in ascending order, as from Redis. */
export class SetValue {
  readonly #members = new Names();
  #integers = true;
  #most = 0;
  #ordered = true;

  constructor(members: Iterable<string> = []) {
    for (const member of members) this.add(member);
  }

  get size(): number {
    return this.#members.size;
  }

  /** Whether it has held integers alone, and so many at most: what was more once, stays so. */
  isIntset(most = MAX_INTEGERS): boolean {
    return this.#integers && this.#most <= most;
  }

  has(member: string): boolean {
    return this.#members.has(member);
  }

  /** @returns whether it was not there yet */
  add(member: string): boolean {
    if (!this.#members.add(member)) return false;
    this.#ordered = false;
    if (this.#integers) this.#integers = isInteger(member);
    if (this.size > this.#most) this.#most = this.size;
    return true;
  }

  /** @returns whether it was there */
  delete(member: string): boolean {
    return this.#members.delete(member) !== undefined;
  }

  *[Symbol.iterator](): IterableIterator<string> {
    this.#sort();
    yield* this.#members;
  }

  /** The members, for random picks and for a walk through them. */
  get names(): Walkable {
    return this.#members;
  }

  copy(): SetValue {
    const copy = new SetValue(this);
    copy.#integers = this.#integers;
    copy.#most = this.#most;
    return copy;
  }

  #sort(): void {
    if (this.#ordered || !this.isIntset()) return;
    const sorted = [...this.#members].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    this.#members.clear();
    for (const member of sorted) this.#members.add(member);
    this.#ordered = true;
  }
}
