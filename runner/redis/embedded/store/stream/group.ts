import type { StreamId } from './id';
import { IdMap } from './id-map';

/** An entry that a consumer was given and has not acknowledged. */
export interface Pending {
  consumer: Consumer;
  /** ms since 1970 */
  deliveredAt: number;
  /** How often it was given out. */
  count: number;
}

export interface Consumer {
  readonly name: string;
  /** ms since 1970, when it last asked for entries or claimed some. */
  seenAt: number;
  readonly pending: IdMap<Pending>;
}

/** Consumers that share the entries of a stream. */
export class Group {
  readonly pending = new IdMap<Pending>();
  readonly #consumers = new Map<string, Consumer>();

  /**
   * @param lastId the last entry that was given out
   * @param read entries given out, counted from the stream's first one ever; undefined where
   * deletions have made that unknown
   */
  constructor(
    public lastId: StreamId,
    public read: bigint | undefined,
  ) {}

  get size(): number {
    return this.#consumers.size;
  }

  /** In the order of their names. */
  get consumers(): Consumer[] {
    return Array.from(this.#consumers.values()).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Consumer | undefined {
    return this.#consumers.get(name);
  }

  /** @returns the consumer of that name, seen now, made where there is none */
  meet(name: string, seenAt = Date.now()): Consumer {
    const known = this.#consumers.get(name);
    if (known) {
      known.seenAt = seenAt;
      return known;
    }
    const made = { name, seenAt, pending: new IdMap<Pending>() };
    this.#consumers.set(name, made);
    return made;
  }

  /** Gives an entry to a consumer for the first time, or as if it were that. */
  deliver(id: StreamId, consumer: Consumer): void {
    const pending = this.assign(id, consumer);
    pending.deliveredAt = Date.now();
    pending.count = 1;
  }

  /** Makes an entry pending for this consumer and for no other. */
  assign(id: StreamId, consumer: Consumer): Pending {
    const known = this.pending.get(id);
    if (known?.consumer === consumer) return known;
    const pending = known ?? { consumer, deliveredAt: Date.now(), count: 1 };
    if (known) known.consumer.pending.delete(id);
    else this.pending.set(id, pending);
    pending.consumer = consumer;
    consumer.pending.set(id, pending);
    return pending;
  }

  /** The entry is pending no more. @returns whether it was */
  release(id: StreamId): boolean {
    const pending = this.pending.get(id);
    if (!pending) return false;
    pending.consumer.pending.delete(id);
    return this.pending.delete(id);
  }

  /** The consumer goes, and what was pending for it. @returns how many entries those were */
  remove(name: string): number {
    const consumer = this.#consumers.get(name);
    if (!consumer) return 0;
    for (const [id] of consumer.pending) this.pending.delete(id);
    this.#consumers.delete(name);
    return consumer.pending.size;
  }

  copy(): Group {
    const copy = new Group(this.lastId, this.read);
    for (const { name, seenAt } of this.#consumers.values()) copy.meet(name, seenAt);
    for (const [id, { consumer, deliveredAt, count }] of this.pending) {
      const pending = copy.assign(id, copy.meet(consumer.name, consumer.seenAt));
      Object.assign(pending, { deliveredAt, count });
    }
    return copy;
  }
}
