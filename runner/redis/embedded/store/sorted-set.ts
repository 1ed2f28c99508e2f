/** A member with its score. */
export interface Scored {
  readonly member: string;
  readonly score: number;
}

/** A sorted set: an array in order of score and then of bytes, and each member's score by name. */
export class SortedSet {
  readonly #scores = new Map<string, number>();
  #order: Scored[] = [];

  constructor(entries: Iterable<Scored> = []) {
    for (const { member, score } of entries) this.#scores.set(member, unsigned(score));
    this.#order = Array.from(this.#scores, ([member, score]) => ({ member, score }));
    this.#order.sort(compareScored);
  }

  get size(): number {
    return this.#order.length;
  }

  score(member: string): number | undefined {
    return this.#scores.get(member);
  }

  /** Adds the member or moves it. */
  set(member: string, given: number): void {
    const score = unsigned(given);
    const before = this.#scores.get(member);
    if (before === score) return;
    if (before !== undefined) this.#order.splice(this.#place(member, before), 1);
    this.#scores.set(member, score);
    const entry = { member, score };
    const last = this.#order.at(-1);
    if (last === undefined || compareScored(last, entry) < 0) this.#order.push(entry);
    else this.#order.splice(this.#place(member, score), 0, entry);
  }

  /** @returns whether it was there */
  delete(member: string): boolean {
    const score = this.#scores.get(member);
    if (score === undefined) return false;
    this.#order.splice(this.#place(member, score), 1);
    this.#scores.delete(member);
    return true;
  }

  /** The member's place from the lowest score on, from 0. */
  rank(member: string): number | undefined {
    const score = this.#scores.get(member);
    return score === undefined ? undefined : this.#place(member, score);
  }

  /** The entries from place `start` up to, not including, place `end`. */
  slice(start: number, end: number): Scored[] {
    return this.#order.slice(start, end);
  }

  /** Removes what {@link slice} would give. */
  deleteSlice(start: number, end: number): number {
    const gone = this.#order.splice(start, Math.max(0, end - start));
    for (const { member } of gone) this.#scores.delete(member);
    return gone.length;
  }

  /** The first place whose entry is not below: `below` must hold for a beginning of the order. */
  firstNot(below: (entry: Scored) => boolean): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#order[middle];
      if (entry && below(entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  [Symbol.iterator](): IterableIterator<Scored> {
    return this.#order[Symbol.iterator]();
  }

  copy(): SortedSet {
    return new SortedSet(this);
  }

  #place(member: string, score: number): number {
    return this.firstNot((entry) => compareScored(entry, { member, score }) < 0);
  }
}

/** A small sorted set keeps whole numbers as integers, so that -0 becomes 0. */
function unsigned(score: number): number {
  return score === 0 ? 0 : score;
}

/** Lower score first; among equals the lower bytes, which for latin1 strings is the lower string. */
export function compareScored(a: Scored, b: Scored): number {
  if (a.score !== b.score) return a.score < b.score ? -1 : 1;
  return a.member < b.member ? -1 : a.member > b.member ? 1 : 0;
}
