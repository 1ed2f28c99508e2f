import { footprintOf, footprintOfAll } from '../store/footprint';
import type { Keyspace } from '../store/keyspace';
import type { Settings } from './settings/settings';

/** Bytes that an empty server takes. */
export const AT_START = 1024 * 1024;

interface Owner {
  readonly settings: Settings;
  readonly clientBytes: number;
  database(index: number): Keyspace;
  databases(): Iterable<Keyspace>;
}

/**
 * The memory that the data takes, as an estimate: the process has its own, and what it holds of
 * others must not count. Kept key by key only while there is a limit.
 */
export class Memory {
  readonly #owner: Owner;
  /** By `db:key`; undefined while there is no limit. */
  #known: Map<string, number> | undefined;
  #sum = 0;
  /** Keys changed since they were measured. */
  readonly #changed = new Map<string, { db: number; key: string }>();
  #peak = AT_START;

  constructor(owner: Owner) {
    this.#owner = owner;
    owner.settings.onChange('maxmemory', () => this.measureAll());
  }

  /** Bytes. */
  get used(): number {
    const used = AT_START + this.#owner.clientBytes + this.#dataset();
    this.#peak = Math.max(this.#peak, used);
    return used;
  }

  /** The most that was seen, in bytes. */
  get peak(): number {
    return this.#peak;
  }

  /** Whether there is a limit and it is passed. */
  get isFull(): boolean {
    const limit = this.#owner.settings.number('maxmemory');
    return limit > 0 && this.used > limit;
  }

  touched(db: number, key: string): void {
    if (this.#known) this.#changed.set(`${db}:${key}`, { db, key });
  }

  /** Begins anew: there is a limit or none, or keys are no longer where they were. */
  measureAll(): void {
    this.#known = undefined;
    this.#changed.clear();
    this.#sum = 0;
    if (this.#owner.settings.number('maxmemory') === 0) return;
    this.#known = new Map();
    for (const database of this.#owner.databases()) {
      for (const key of database.keys()) this.touched(database.index, key);
    }
  }

  #dataset(): number {
    const known = this.#known;
    if (!known) {
      let bytes = 0;
      for (const database of this.#owner.databases()) bytes += footprintOfAll(database);
      return bytes;
    }
    for (const [place, { db, key }] of this.#changed) {
      const bytes = footprintOf(this.#owner.database(db), key);
      this.#sum += bytes - (known.get(place) ?? 0);
      if (bytes === 0) known.delete(place);
      else known.set(place, bytes);
    }
    this.#changed.clear();
    return this.#sum;
  }
}
