import type { StreamId } from './id';

/** Items in a chunk at most. */
const MAX_CHUNK = 256;

interface Chunk<Item> {
  readonly ids: StreamId[];
  readonly items: Item[];
}

/**
 * Items in the order of their ids, in chunks: adding at the end and taking from the front, which is
 * how a queue is used, touch one small chunk, and so does everything else once it is found.
 */
export class IdMap<Item> {
  readonly #chunks: Chunk<Item>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: StreamId): Item | undefined {
    const chunk = this.#chunks[this.#chunkOf(id)];
    const place = chunk ? placeOf(chunk.ids, id) : 0;
    return chunk?.ids[place] === id ? chunk.items[place] : undefined;
  }

  /** Adds the item or replaces the one of this id. */
  set(id: StreamId, item: Item): void {
    const at = Math.max(0, this.#chunkOf(id));
    const chunk = this.#chunks[at];
    if (!chunk) {
      this.#chunks.push({ ids: [id], items: [item] });
      this.#size += 1;
      return;
    }
    const place = placeOf(chunk.ids, id);
    const known = chunk.ids[place] === id ? 1 : 0;
    chunk.ids.splice(place, known, id);
    chunk.items.splice(place, known, item);
    this.#size += 1 - known;
    if (chunk.ids.length > MAX_CHUNK) this.#split(at, chunk, place);
  }

  /** @returns whether it was there */
  delete(id: StreamId): boolean {
    const at = this.#chunkOf(id);
    const chunk = this.#chunks[at];
    const place = chunk ? placeOf(chunk.ids, id) : 0;
    if (chunk?.ids[place] !== id) return false;
    chunk.ids.splice(place, 1);
    chunk.items.splice(place, 1);
    if (chunk.ids.length === 0) this.#chunks.splice(at, 1);
    this.#size -= 1;
    return true;
  }

  /** The items with this id or a higher one. None may be added or deleted on the way. */
  *from(start: StreamId): IterableIterator<[id: StreamId, item: Item]> {
    let place: number | undefined;
    for (let at = Math.max(0, this.#chunkOf(start)); at < this.#chunks.length; at += 1) {
      const { ids, items } = this.#chunks[at] ?? { ids: [], items: [] };
      place = place === undefined ? placeOf(ids, start) : 0;
      for (; place < ids.length; place += 1) yield [ids[place] ?? start, items[place] as Item];
    }
  }

  [Symbol.iterator](): IterableIterator<[id: StreamId, item: Item]> {
    return this.from(0n);
  }

  get lastId(): StreamId | undefined {
    return this.#chunks.at(-1)?.ids.at(-1);
  }

  /** What comes in order fills its chunk; only in the midst is one cut in halves. */
  #split(at: number, { ids, items }: Chunk<Item>, place: number): void {
    const end = place === ids.length - 1 ? place : ids.length >>> 1;
    this.#chunks.splice(at + 1, 0, { ids: ids.splice(end), items: items.splice(end) });
  }

  /** The last chunk that begins with this id or a lower one; -1 where none does. */
  #chunkOf(id: StreamId): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const first = this.#chunks[middle]?.ids[0];
      if (first !== undefined && first <= id) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** The place of the first id that is not below. */
function placeOf(ids: readonly StreamId[], id: StreamId): number {
  const last = ids.at(-1);
  if (last !== undefined && last < id) return ids.length;
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = ids[middle];
    if (other !== undefined && other < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
