/** The least room that a list is given, a power of two as every other. */
const LEAST_ROOM = 4;

/**
 * The items of a list, in a ring of places: both ends grow and shrink at the same cost however long
 * the list is, and an item is found by its place at once. In between, the shorter side moves.
 */
export class ListValue {
  #ring: (string | undefined)[];
  /** The place of the first item in the ring. */
  #head = 0;
  #length = 0;

  constructor(items: readonly string[] = []) {
    this.#ring = new Array(roomFor(items.length));
    for (const item of items) this.#ring[this.#length++] = item;
  }

  get length(): number {
    return this.#length;
  }

  /** The item at a place; a negative one counts from the end. */
  at(index: number): string | undefined {
    const place = index < 0 ? this.#length + index : index;
    return place >= 0 && place < this.#length ? this.#ring[this.#slot(place)] : undefined;
  }

  /** Puts an item in the place of another. @param index from 0 up to, not including, the length */
  set(index: number, item: string): void {
    this.#ring[this.#slot(index)] = item;
  }

  push(item: string): void {
    this.#makeRoom();
    this.#ring[this.#slot(this.#length)] = item;
    this.#length += 1;
  }

  unshift(item: string): void {
    this.#makeRoom();
    this.#head = this.#slot(-1);
    this.#ring[this.#head] = item;
    this.#length += 1;
  }

  pop(): string | undefined {
    const item = this.at(-1);
    this.#drop(0, 1);
    return item;
  }

  shift(): string | undefined {
    const item = this.at(0);
    this.#drop(1, 0);
    return item;
  }

  /** The items from place `start` up to, not including, place `end`; both at least 0. */
  slice(start: number, end: number): string[] {
    const items: string[] = [];
    for (let at = start, last = Math.min(end, this.#length); at < last; at += 1) {
      const item = this.#ring[this.#slot(at)];
      if (item !== undefined) items.push(item);
    }
    return items;
  }

  /** Takes up to so many items from the beginning, the first one first. */
  takeFirst(count: number): string[] {
    const items = this.slice(0, count);
    this.#drop(items.length, 0);
    return items;
  }

  /** Takes up to so many items from the end, the last one first. */
  takeLast(count: number): string[] {
    const items = this.slice(Math.max(0, this.#length - count), this.#length).reverse();
    this.#drop(0, items.length);
    return items;
  }

  /** Keeps what {@link slice} would give, and nothing else. */
  keep(start: number, end: number): void {
    const last = Math.min(end, this.#length);
    if (start >= last) this.#drop(this.#length, 0);
    else this.#drop(start, this.#length - last);
  }

  /** Puts an item before the one at the place, or at the end. @param index from 0 up to the length */
  insert(index: number, item: string): void {
    if (index < this.#length / 2) {
      this.unshift(item);
      for (let at = 0; at < index; at += 1) this.#move(at + 1, at);
    } else {
      this.push(item);
      for (let at = this.#length - 1; at > index; at -= 1) this.#move(at - 1, at);
    }
    this.set(index, item);
  }

  /** The place of the first item like this one, or -1. */
  indexOf(item: string): number {
    for (let at = 0; at < this.#length; at += 1) if (this.at(at) === item) return at;
    return -1;
  }

  /**
   * Removes items like this one.
   * @param most how many at most
   * @param backwards from the end on
   * @returns how many there were
   */
  remove(item: string, most: number, backwards: boolean): number {
    const size = this.#length;
    const place = (step: number) => (backwards ? size - 1 - step : step);
    let gone = 0;
    for (let step = 0; step < size; step += 1) {
      if (gone < most && this.at(place(step)) === item) gone += 1;
      else if (gone > 0) this.#move(place(step), place(step - gone));
    }
    if (backwards) this.#drop(gone, 0);
    else this.#drop(0, gone);
    return gone;
  }

  *[Symbol.iterator](): IterableIterator<string> {
    for (let at = 0; at < this.#length; at += 1) {
      const item = this.at(at);
      if (item !== undefined) yield item;
    }
  }

  copy(): ListValue {
    return new ListValue(this.slice(0, this.#length));
  }

  #slot(index: number): number {
    return (this.#head + index) & (this.#ring.length - 1);
  }

  #move(from: number, to: number): void {
    this.#ring[this.#slot(to)] = this.#ring[this.#slot(from)];
  }

  /** Forgets items at both ends. */
  #drop(first: number, last: number): void {
    const length = Math.max(0, this.#length - first - last);
    for (let at = 0; at < Math.min(first, this.#length); at += 1) {
      this.#ring[this.#slot(at)] = undefined;
    }
    for (let at = Math.max(0, this.#length - last); at < this.#length; at += 1) {
      this.#ring[this.#slot(at)] = undefined;
    }
    this.#head = this.#slot(first);
    this.#length = length;
    if (16 * Math.max(length, LEAST_ROOM) < this.#ring.length) this.#resize(roomFor(2 * length));
  }

  #makeRoom(): void {
    if (this.#length === this.#ring.length) this.#resize(2 * this.#length);
  }

  #resize(room: number): void {
    const ring = new Array<string | undefined>(room);
    for (let at = 0; at < this.#length; at += 1) ring[at] = this.#ring[this.#slot(at)];
    this.#ring = ring;
    this.#head = 0;
  }
}

/** A power of two, so that a place in the ring is found by its last bits. */
function roomFor(length: number): number {
  return Math.max(LEAST_ROOM, 2 ** Math.ceil(Math.log2(Math.max(1, length))));
}
