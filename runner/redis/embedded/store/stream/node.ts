import { listpackSize } from '../../../rdb/listpack-size';
import { msOf, numberOf, type StreamId } from './id';

/** Entries that a node takes at most, those deleted included: `stream-node-max-entries`. */
const MAX_ENTRIES = 100;
/** Bytes that a node takes at most: `stream-node-max-bytes`. */
const MAX_BYTES = 4096;
/** Bytes of a listpack's head and end. */
const FRAME = 7;

export interface StreamEntry {
  readonly id: StreamId;
  /** Field, value, field, value. */
  readonly fields: readonly string[];
  /** Still in its node, and no longer in the stream. */
  deleted: boolean;
}

/**
 * A stretch of a stream's entries, of the size that Redis gives one: what is trimmed by `~` goes by
 * whole nodes, so that their borders show.
 */
export class StreamNode {
  readonly entries: StreamEntry[] = [];
  /** Those that are not deleted. */
  live = 0;
  #bytes: number;
  readonly #names: readonly string[];

  /**
   * @param id of its first entry
   * @param names the first entry's fields: an entry with the same ones is kept without them
   */
  constructor(
    readonly id: StreamId,
    names: readonly string[],
  ) {
    this.#names = names;
    this.#bytes = FRAME + 4 + sizeOf([String(names.length), ...names, '0']);
  }

  /** The names of the first entry's fields, in order. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Whether no entry with these fields may be added. */
  isFullFor(fields: readonly string[]): boolean {
    let bytes = this.#bytes;
    for (const word of fields) bytes += word.length;
    return bytes >= MAX_BYTES || this.entries.length >= MAX_ENTRIES;
  }

  /** @param entry with an id above all that are here */
  add(entry: StreamEntry): void {
    this.entries.push(entry);
    if (!entry.deleted) this.live += 1;
    this.#bytes += this.#sizeOf(entry);
  }

  /** The place of the first entry whose id is not below. */
  placeOf(id: StreamId): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.entries[middle];
      if (entry && entry.id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The id of the last entry that it ever had. */
  get lastId(): StreamId {
    return this.entries.at(-1)?.id ?? this.id;
  }

  delete(entry: StreamEntry): void {
    entry.deleted = true;
    this.live -= 1;
  }

  copy(): StreamNode {
    const copy = new StreamNode(this.id, this.#names);
    for (const entry of this.entries) copy.add({ ...entry });
    return copy;
  }

  /** Whether an entry has the fields of the first one, and is kept without them. */
  isAlike({ fields }: StreamEntry): boolean {
    const names = this.#names;
    return fields.length === 2 * names.length && names.every((name, at) => fields[2 * at] === name);
  }

  #sizeOf(entry: StreamEntry): number {
    const { id, fields } = entry;
    // A number that is below the first entry's makes a negative distance, of 64 bits at most.
    const distance = [msOf(id) - msOf(this.id), numberOf(id) - numberOf(this.id)].map((one) =>
      String(BigInt.asIntN(64, one)),
    );
    const count = fields.length / 2;
    const head = 2 + sizeOf(distance);
    if (!this.isAlike(entry)) {
      return head + sizeOf([String(count), ...fields, String(fields.length + 4)]);
    }
    const values = fields.filter((_, at) => at % 2 === 1);
    return head + sizeOf([...values, String(count + 3)]);
  }
}

function sizeOf(elements: readonly string[]): number {
  let bytes = 0;
  for (const element of elements) bytes += listpackSize(element);
  return bytes;
}
