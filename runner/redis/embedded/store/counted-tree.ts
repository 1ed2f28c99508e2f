/** Items in a leaf, and children of a branch, at most. */
const MOST = 64;
/** Of those that are built at once, so that there is room for more. */
const BUILT = 48;

/**
 * Items in an order, in a B+ tree whose nodes know how many items are below them: an item is put in,
 * found by its place and taken out in a time that grows with the logarithm of their number.
 */
export class CountedTree<Item> {
  #root: Node<Item>;

  /** @param items in their order */
  constructor(items: readonly Item[] = []) {
    let nodes = inGroups(items).map((group) => new Node(group));
    while (nodes.length > 1) nodes = inGroups(nodes).map((group) => new Node<Item>([], group));
    this.#root = nodes[0] ?? new Node<Item>([]);
  }

  get size(): number {
    return this.#root.size;
  }

  /** Puts an item before the one at the place, or at the end. @param index from 0 up to the size */
  insert(index: number, item: Item): void {
    this.#root.insert(index, item);
    const right = this.#root.split();
    if (right) this.#root = new Node<Item>([], [this.#root, right]);
  }

  /** The items from place `start` up to, not including, place `end`. */
  slice(start: number, end: number): Item[] {
    const items: Item[] = [];
    if (start < end) this.#root.collect(start, end, items);
    return items;
  }

  /** Removes what {@link slice} would give. */
  remove(start: number, end: number): void {
    const last = Math.min(end, this.size);
    if (start >= last) return;
    this.#root.remove(start, last);
    while (this.#root.children?.length === 1) this.#root = this.#root.children[0] ?? this.#root;
    if (this.#root.size === 0) this.#root = new Node<Item>([]);
  }

  /** The first place whose item is not below: `below` must hold for a beginning of the order. */
  firstNot(below: (item: Item) => boolean): number {
    return this.#root.firstNot(below);
  }
}

/** A leaf with its items, or a branch with its children. */
class Node<Item> {
  size: number;

  constructor(
    readonly items: Item[],
    readonly children?: Node<Item>[],
  ) {
    this.size = children ? sum(children) : items.length;
  }

  /** The first item: it tells where the node's items begin. A node in a tree is never empty. */
  get first(): Item | undefined {
    return this.children ? this.children[0]?.first : this.items[0];
  }

  /** How many things the node itself holds. */
  get width(): number {
    return this.children?.length ?? this.items.length;
  }

  insert(index: number, item: Item): void {
    this.size += 1;
    if (!this.children) {
      this.items.splice(index, 0, item);
      return;
    }
    let left = index;
    for (let at = 0; at < this.children.length; at += 1) {
      const child = this.children[at];
      if (child && left <= child.size) {
        child.insert(left, item);
        const right = child.split();
        if (right) this.children.splice(at + 1, 0, right);
        return;
      }
      left -= child?.size ?? 0;
    }
  }

  /** @returns the upper half, which goes out of a node that holds too much */
  split(): Node<Item> | undefined {
    if (this.width <= MOST) return undefined;
    const right = this.children
      ? new Node<Item>([], this.children.splice(MOST / 2))
      : new Node(this.items.splice(MOST / 2));
    this.size -= right.size;
    return right;
  }

  collect(start: number, end: number, into: Item[]): void {
    if (!this.children) {
      for (const item of this.items.slice(Math.max(0, start), end)) into.push(item);
      return;
    }
    let before = 0;
    for (const child of this.children) {
      if (before >= end) return;
      if (before + child.size > start) child.collect(start - before, end - before, into);
      before += child.size;
    }
  }

  remove(start: number, end: number): void {
    const from = Math.max(0, start);
    const to = Math.min(end, this.size);
    this.size -= to - from;
    if (!this.children) {
      this.items.splice(from, to - from);
      return;
    }
    let before = 0;
    const kept: Node<Item>[] = [];
    for (const child of this.children) {
      const { size } = child;
      const touched = before < to && before + size > from;
      const whole = before >= from && before + size <= to;
      if (touched && !whole) child.remove(from - before, to - before);
      if (!whole) addOrJoin(kept, child);
      before += size;
    }
    this.children.splice(0, this.children.length, ...kept);
  }

  /** Takes over what the next node holds. */
  join(next: Node<Item>): void {
    for (const item of next.items) this.items.push(item);
    for (const child of next.children ?? []) this.children?.push(child);
    this.size += next.size;
  }

  firstNot(below: (item: Item) => boolean): number {
    if (!this.children) return countBelow(this.items, below);
    const beginBelow = countBelow(
      this.children,
      ({ first }) => first !== undefined && below(first),
    );
    const last = this.children[beginBelow - 1];
    if (!last) return 0;
    let place = last.firstNot(below);
    for (let at = 0; at < beginBelow - 1; at += 1) place += this.children[at]?.size ?? 0;
    return place;
  }
}

/** Neighbours that hold little become one, so that the tree is never larger than it need be. */
function addOrJoin<Item>(nodes: Node<Item>[], node: Node<Item>): void {
  const last = nodes.at(-1);
  if (last && last.width + node.width <= MOST / 2) last.join(node);
  else nodes.push(node);
}

/** How many come first for which it holds, by halving. */
function countBelow<Thing>(things: readonly Thing[], isBelow: (thing: Thing) => boolean): number {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const thing = things[middle];
    if (thing !== undefined && isBelow(thing)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function inGroups<Thing>(things: readonly Thing[]): Thing[][] {
  const groups: Thing[][] = [];
  for (let at = 0; at < things.length; at += BUILT) groups.push(things.slice(at, at + BUILT));
  return groups;
}

function sum(nodes: readonly { size: number }[]): number {
  let total = 0;
  for (const { size } of nodes) total += size;
  return total;
}
