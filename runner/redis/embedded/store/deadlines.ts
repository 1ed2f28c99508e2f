/** ms that a timer can wait. */
const LONGEST = 0x7fffffff;
/** Places that no longer hold are dropped once there are more than so many, and than ones that do. */
const FEW = 64;

interface Place {
  readonly key: string;
  readonly at: number;
}

/**
 * When keys are to go, soonest first, and a timer for the first of them, so that a key goes by
 * itself. The timer keeps no process alive.
 */
export class Deadlines {
  readonly #due: (key: string) => void;
  readonly #times = new Map<string, number>();
  /** A heap: none is later than those at twice its place and one or two more. */
  #heap: Place[] = [];
  #timer: NodeJS.Timeout | undefined;
  #alarm = Infinity;

  /** @param due told of each key when its time has come; it is forgotten afterwards */
  constructor(due: (key: string) => void) {
    this.#due = due;
  }

  /** @param at ms since 1970; takes the place of a time that the key had */
  set(key: string, at: number): void {
    if (this.#times.get(key) === at) return;
    this.#times.set(key, at);
    if (this.#heap.length > FEW + 2 * this.#times.size) this.#rebuild();
    else this.#push({ key, at });
    this.#arm();
  }

  /** ms since 1970, or undefined for a key that has none. */
  get(key: string): number | undefined {
    return this.#times.get(key);
  }

  /** How many keys have one. */
  get size(): number {
    return this.#times.size;
  }

  /** @returns whether it had one */
  delete(key: string): boolean {
    return this.#times.delete(key);
  }

  /** Tells of all whose time has come. */
  pass(): void {
    const now = Date.now();
    for (let first = this.#heap[0]; first && first.at <= now; first = this.#heap[0]) {
      this.#pop();
      if (this.#times.get(first.key) !== first.at) continue;
      this.#due(first.key);
      if (this.#times.get(first.key) === first.at) this.#times.delete(first.key);
    }
  }

  clear(): void {
    this.#times.clear();
    this.#heap = [];
    clearTimeout(this.#timer);
    this.#alarm = Infinity;
  }

  /** Sets the timer, where there is none that ends as soon. */
  #arm(): void {
    const first = this.#heap[0];
    if (!first || first.at >= this.#alarm) return;
    clearTimeout(this.#timer);
    this.#alarm = first.at;
    const left = Math.min(Math.max(0, first.at - Date.now()), LONGEST);
    this.#timer = setTimeout(() => this.#ring(), left).unref();
  }

  #ring(): void {
    this.pass();
    this.#alarm = Infinity;
    this.#arm();
  }

  #rebuild(): void {
    const places = Array.from(this.#times, ([key, at]) => ({ key, at }));
    // What is sorted is a heap.
    this.#heap = places.sort((one, other) => one.at - other.at);
  }

  #push(place: Place): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (!parent || parent.at <= place.at) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = place;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = heap[below];
      const right = heap[below + 1];
      if (child && right && right.at < child.at) [below, child] = [below + 1, right];
      if (!child || child.at >= last.at) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
  }
}
