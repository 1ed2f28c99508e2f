import type { Group } from './group';
import { MAX_ID, type StreamId, ZERO_ID } from './id';
import { type StreamEntry, StreamNode } from './node';

/** Until where entries are removed from the front. */
export type Trim = (
  | { readonly by: 'length'; readonly length: number }
  | { readonly by: 'id'; readonly id: StreamId }
) & {
  /** Whole nodes only, so that up to a node more stay. */
  readonly approximate: boolean;
  /** Entries that may go at one time; 0: any number. */
  readonly limit: number;
};

/** Entries in the order of their ids, in nodes as Redis keeps them. */
export class Stream {
  #nodes: StreamNode[] = [];
  #length = 0;
  /** The highest id that was ever given. */
  lastId: StreamId = ZERO_ID;
  /** The highest id that was deleted, other than by trimming. */
  maxDeletedId: StreamId = ZERO_ID;
  /** Entries that were ever added. */
  added = 0n;
  readonly groups = new Map<string, Group>();

  get length(): number {
    return this.#length;
  }

  get nodes(): readonly StreamNode[] {
    return this.#nodes;
  }

  /** The first entry's id; 0-0 where there is none. */
  get firstId(): StreamId {
    for (const { id } of this.range(ZERO_ID, MAX_ID)) return id;
    return ZERO_ID;
  }

  /** The last entry's id; 0-0 where there is none. */
  get lastLiveId(): StreamId {
    for (const { id } of this.reverse(MAX_ID, ZERO_ID)) return id;
    return ZERO_ID;
  }

  /**
   * @param id above {@link lastId}
   * @param fields field, value, field, value
   */
  add(id: StreamId, fields: readonly string[]): void {
    let node = this.#nodes.at(-1);
    if (!node || node.isFullFor(fields)) {
      node = new StreamNode(
        id,
        fields.filter((_, at) => at % 2 === 0),
      );
      this.#nodes.push(node);
    }
    node.add({ id, fields, deleted: false });
    this.#length += 1;
    this.lastId = id;
    this.added = BigInt.asUintN(64, this.added + 1n);
  }

  /** Takes over a node as it was saved, behind those that are here. */
  addNode(node: StreamNode): void {
    this.#nodes.push(node);
    this.#length += node.live;
  }

  get(id: StreamId): StreamEntry | undefined {
    const node = this.#nodes[this.#nodeOf(id)];
    const entry = node?.entries[node.placeOf(id)];
    return entry?.id === id && !entry.deleted ? entry : undefined;
  }

  /** Entries with ids from `start` to `end`, both included, in order. */
  *range(start: StreamId, end: StreamId): IterableIterator<StreamEntry> {
    let first = Math.max(0, this.#nodeOf(start));
    for (; first < this.#nodes.length; first += 1) {
      const node = this.#nodes[first];
      if (!node) return;
      for (let at = node.placeOf(start); at < node.entries.length; at += 1) {
        const entry = node.entries[at];
        if (!entry || entry.id > end) return;
        if (!entry.deleted) yield entry;
      }
    }
  }

  /** Entries with ids from `end` down to `start`, both included. */
  *reverse(end: StreamId, start: StreamId): IterableIterator<StreamEntry> {
    for (let last = this.#nodeOf(end); last >= 0; last -= 1) {
      const node = this.#nodes[last];
      if (!node) return;
      for (let at = node.placeOf(end + 1n) - 1; at >= 0; at -= 1) {
        const entry = node.entries[at];
        if (!entry || entry.id < start) return;
        if (!entry.deleted) yield entry;
      }
    }
  }

  /** @returns whether it was there */
  delete(id: StreamId): boolean {
    const place = this.#nodeOf(id);
    const node = this.#nodes[place];
    const entry = this.get(id);
    if (!node || !entry) return false;
    node.delete(entry);
    this.#length -= 1;
    if (node.live === 0) this.#nodes.splice(place, 1);
    if (id > this.maxDeletedId) this.maxDeletedId = id;
    return true;
  }

  /** Removes entries from the front. @returns how many */
  trim(trim: Trim): number {
    const before = this.#length;
    let whole = 0;
    for (const node of this.#nodes) {
      if (!this.#isTooLong(trim)) break;
      if (trim.limit > 0 && before - this.#length + node.live > trim.limit) break;
      if (this.#goesWhole(node, trim)) {
        this.#length -= node.live;
        whole += 1;
        continue;
      }
      if (!trim.approximate) this.#trimNode(node, trim);
      break;
    }
    this.#nodes.splice(0, whole);
    return before - this.#length;
  }

  copy(): Stream {
    const copy = new Stream();
    for (const node of this.#nodes) copy.addNode(node.copy());
    copy.lastId = this.lastId;
    copy.maxDeletedId = this.maxDeletedId;
    copy.added = this.added;
    for (const [name, group] of this.groups) copy.groups.set(name, group.copy());
    return copy;
  }

  #isTooLong(trim: Trim): boolean {
    return trim.by === 'id' || this.#length > trim.length;
  }

  #goesWhole(node: StreamNode, trim: Trim): boolean {
    if (trim.by === 'id') return node.lastId < trim.id;
    return this.#length - node.live >= trim.length;
  }

  #trimNode(node: StreamNode, trim: Trim): void {
    for (const entry of node.entries) {
      if (trim.by === 'id' ? entry.id >= trim.id : this.#length <= trim.length) return;
      if (entry.deleted) continue;
      node.delete(entry);
      this.#length -= 1;
    }
  }

  /** The place of the node in which an id would be; -1 where that is before all of them. */
  #nodeOf(id: StreamId): number {
    let low = 0;
    let high = this.#nodes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const node = this.#nodes[middle];
      if (node && node.id <= id) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
