/** What picks at random and steps of a walk need to know of {@link Names}. */
export type Walkable = Pick<Names, 'size' | 'at' | 'step'>;

/**
 * Names, each once, that can be walked through in steps and picked from at random, at a cost that
 * does not grow with their number. Iterated over, they come in the order in which they were added.
 *
 * Each has a place from 0 on. A new one takes the place behind the last; where one goes, the last
 * moves to its place. So whoever walks from the last place down to the first meets every name that
 * is there all the time: what moves only ever moves ahead of him.
 */
export class Names {
  readonly #places = new Map<string, number>();
  readonly #names: string[] = [];

  constructor(names: Iterable<string> = []) {
    for (const name of names) this.add(name);
  }

  get size(): number {
    return this.#names.length;
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  /** The name at a place. */
  at(place: number): string | undefined {
    return this.#names[place];
  }

  placeOf(name: string): number | undefined {
    return this.#places.get(name);
  }

  /** @returns whether it was not there yet; it is at the last place then */
  add(name: string): boolean {
    if (this.#places.has(name)) return false;
    this.#places.set(name, this.#names.length);
    this.#names.push(name);
    return true;
  }

  /** @returns the place that the last one has taken over, or undefined where there was no such name */
  delete(name: string): number | undefined {
    const place = this.#places.get(name);
    if (place === undefined) return undefined;
    this.#places.delete(name);
    const last = this.#names.pop();
    if (last !== undefined && last !== name) {
      this.#names[place] = last;
      this.#places.set(last, place);
    }
    return place;
  }

  clear(): void {
    this.#places.clear();
    this.#names.length = 0;
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#places.keys();
  }

  /** Names with their places, in the order in which they were added. */
  entries(): IterableIterator<[name: string, place: number]> {
    return this.#places.entries();
  }

  /**
   * One step of a walk.
   * @param cursor 0 to begin, then what the step before gave as `next`
   * @param count how many names at most
   * @returns the names, and the cursor of the next step: 0 at the end
   */
  step(cursor: number, count: number): { names: string[]; next: number } {
    const unseen = cursor > 0 && cursor < this.size ? cursor : this.size;
    const next = Math.max(0, unseen - count);
    return { names: this.#names.slice(next, unseen).reverse(), next };
  }
}
