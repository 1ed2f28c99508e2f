import { Names, type Walkable } from './names';

/** Values by name, as a Map has them, with the places, steps and random picks of {@link Names}. */
export class Table<Value extends string | number> {
  readonly #names = new Names();
  readonly #values: Value[] = [];
  #most = 0;
  #longest = 0;

  constructor(entries: Iterable<readonly [name: string, value: Value]> = []) {
    for (const [name, value] of entries) this.set(name, value);
  }

  get size(): number {
    return this.#names.size;
  }

  /** How many names there were at most, and the length of the longest name or value there was. */
  get most(): number {
    return this.#most;
  }

  get longest(): number {
    return this.#longest;
  }

  /** The names, for random picks and for a walk through them. */
  get names(): Walkable {
    return this.#names;
  }

  get(name: string): Value | undefined {
    const place = this.#names.placeOf(name);
    return place === undefined ? undefined : this.#values[place];
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  set(name: string, value: Value): this {
    const place = this.#names.placeOf(name);
    if (place === undefined) {
      this.#names.add(name);
      this.#values.push(value);
      if (this.size > this.#most) this.#most = this.size;
      if (name.length > this.#longest) this.#longest = name.length;
    } else {
      this.#values[place] = value;
    }
    if (typeof value === 'string' && value.length > this.#longest) this.#longest = value.length;
    return this;
  }

  /** @returns whether it was there */
  delete(name: string): boolean {
    const place = this.#names.delete(name);
    if (place === undefined) return false;
    const last = this.#values.pop();
    if (last !== undefined && place < this.#values.length) this.#values[place] = last;
    return true;
  }

  copy(): Table<Value> {
    const copy = new Table(this);
    copy.outgrow(this);
    return copy;
  }

  /** Counts as large as another one was at its largest. */
  outgrow(other: Readonly<{ most: number; longest: number }>): void {
    this.#most = Math.max(this.#most, other.most);
    this.#longest = Math.max(this.#longest, other.longest);
  }

  /** Names in the order in which they were first set. */
  keys(): IterableIterator<string> {
    return this.#names[Symbol.iterator]();
  }

  *values(): IterableIterator<Value> {
    for (const [, value] of this) yield value;
  }

  *[Symbol.iterator](): IterableIterator<[name: string, value: Value]> {
    for (const [name, place] of this.#names.entries()) {
      const value = this.#values[place];
      if (value !== undefined) yield [name, value];
    }
  }

  /** Name and value at a place, for random picks. */
  at(place: number): [name: string, value: Value] | undefined {
    const name = this.#names.at(place);
    const value = this.#values[place];
    return name === undefined || value === undefined ? undefined : [name, value];
  }
}
