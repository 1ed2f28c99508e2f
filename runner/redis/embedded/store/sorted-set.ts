import { CountedTree } from './counted-tree';
import type { Walkable } from './names';
import { Table } from './table';

/** A member with its score. */
export interface Scored {
  readonly member: string;
  readonly score: number;
}

/**
 * A sorted set: a tree in order of score and then of bytes, and each member's score by name. What
 * changes, finds a place or finds a score takes a time that grows with the logarithm of the size.
 */
export class SortedSet {
  readonly #scores = new Table<number>();
  readonly #order: CountedTree<Scored>;

  constructor(entries: Iterable<Scored> = []) {
    for (const { member, score } of entries) this.#scores.set(member, unsigned(score));
    const order = Array.from(this.#scores, ([member, score]) => ({ member, score }));
    this.#order = new CountedTree(order.sort(compareScored));
  }

  get size(): number {
    return this.#scores.size;
  }

  /** Each member's score. */
  get scores(): Readonly<Pick<Table<number>, 'most' | 'longest'>> {
    return this.#scores;
  }

  /** From now on it counts as too large for the small encoding. */
  spread(): void {
    this.#scores.outgrow({ most: Number.POSITIVE_INFINITY, longest: 0 });
  }

  /** The members, for random picks and for a walk through them. */
  get names(): Walkable {
    return this.#scores.names;
  }

  score(member: string): number | undefined {
    return this.#scores.get(member);
  }

  /** Adds the member or moves it. */
  set(member: string, given: number): void {
    const score = unsigned(given);
    const before = this.#scores.get(member);
    if (before === score) return;
    if (before !== undefined) this.#remove(this.#place(member, before));
    this.#scores.set(member, score);
    this.#order.insert(this.#place(member, score), { member, score });
  }

  /** @returns whether it was there */
  delete(member: string): boolean {
    const score = this.#scores.get(member);
    if (score === undefined) return false;
    this.#remove(this.#place(member, score));
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
    const gone = this.#order.slice(start, end);
    for (const { member } of gone) this.#scores.delete(member);
    this.#order.remove(start, end);
    return gone.length;
  }

  /** The first place whose entry is not below: `below` must hold for a beginning of the order. */
  firstNot(below: (entry: Scored) => boolean): number {
    return this.#order.firstNot(below);
  }

  [Symbol.iterator](): IterableIterator<Scored> {
    return this.#order.slice(0, this.size)[Symbol.iterator]();
  }

  copy(): SortedSet {
    const copy = new SortedSet(this);
    copy.#scores.outgrow(this.#scores);
    return copy;
  }

  #place(member: string, score: number): number {
    const sought = { member, score };
    return this.firstNot((entry) => compareScored(entry, sought) < 0);
  }

  #remove(place: number): void {
    this.#order.remove(place, place + 1);
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
