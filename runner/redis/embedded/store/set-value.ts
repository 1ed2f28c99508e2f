import { isInteger } from '../protocol/numbers';

/** Redis keeps up to this many integers as a sorted array, and lists them in that order. */
const MAX_INTEGERS = 512;

/** The members of a set: of integers only, they come in ascending order, as from Redis. */
export class SetValue {
  readonly #members = new Set<string>();
  #integers = true;
  #ordered = true;

  constructor(members: Iterable<string> = []) {
    for (const member of members) this.add(member);
  }

  get size(): number {
    return this.#members.size;
  }

  /** `intset` until the first other member or the 513th, as OBJECT ENCODING shows. */
  get encoding(): 'intset' | 'hashtable' {
    return this.#integers ? 'intset' : 'hashtable';
  }

  has(member: string): boolean {
    return this.#members.has(member);
  }

  /** @returns whether it was not there yet */
  add(member: string): boolean {
    const before = this.#members.size;
    this.#members.add(member);
    if (this.#members.size === before) return false;
    this.#ordered = false;
    if (this.#integers) this.#integers = before < MAX_INTEGERS && isInteger(member);
    return true;
  }

  /** @returns whether it was there */
  delete(member: string): boolean {
    return this.#members.delete(member);
  }

  *[Symbol.iterator](): IterableIterator<string> {
    this.#sort();
    yield* this.#members;
  }

  /** A member by its place, for random picks. */
  at(index: number): string | undefined {
    let place = 0;
    for (const member of this.#members) {
      if (place === index) return member;
      place += 1;
    }
    return undefined;
  }

  copy(): SetValue {
    const copy = new SetValue(this);
    copy.#integers = this.#integers;
    return copy;
  }

  #sort(): void {
    if (this.#ordered || !this.#integers) return;
    const sorted = [...this.#members].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    this.#members.clear();
    for (const member of sorted) this.#members.add(member);
    this.#ordered = true;
  }
}
