import { Deadlines } from './deadlines';
import { KeyNotes } from './key-notes';
import { type MockData, type MockStore, openStore } from './mock';
import { Names, type Walkable } from './names';
import { OpenString } from './open-string';
import type { Value } from './value';

/**
 * What one database holds, in ioredis-mock, and nobody told of a change. Strings are stored as they
 * are; of the other types the mock copies only the small box around the live structure. The mock can
 * only list all of its keys, so their names are kept a second time beside it. It is told of no time of
 * expiry: it would read the clock anew in the middle of a command, and drop a key that the same command
 * has found a moment before.
 */
export class Records {
  readonly #store: MockStore;
  readonly #data: MockData;
  /** The keys that the mock holds. */
  readonly #names = new Names();
  readonly #deadlines = new Deadlines((key) => this.due(key));
  /** When keys were last used, and how strings are held. */
  readonly notes = new KeyNotes();
  /** There while the string at its key may be older in the table than here. */
  #open: OpenString | undefined;

  /**
   * @param host a name that nothing else uses
   * @param db a number under that name that nothing else uses
   * @param due told of a key whose time has come, and which is still there
   */
  constructor(
    host: string,
    db: number,
    public due: (key: string) => void,
  ) {
    this.#store = openStore(host, db);
    this.#data = this.#store.data;
  }

  get(key: string): Value | undefined {
    if (this.#open?.key === key) this.#closeString();
    return this.#data.get(inner(key)) as Value | undefined;
  }

  has(key: string): boolean {
    return this.#data.has(inner(key));
  }

  /** Gives the key a value; an expiry that it had stays. */
  set(key: string, value: Value): void {
    if (this.#open?.key === key) this.#open = undefined;
    this.#data.set(inner(key), value);
    this.#names.add(key);
    this.notes.made(key);
  }

  /** The key goes, and all that is known of it. */
  delete(key: string): void {
    if (this.#open?.key === key) this.#open = undefined;
    this.#data.delete(inner(key));
    this.#names.delete(key);
    this.#deadlines.delete(key);
    this.notes.forget(key);
  }

  /** ms since 1970, or undefined for a key that stays. */
  expiry(key: string): number | undefined {
    return this.#deadlines.get(key);
  }

  /** @param at ms since 1970, in the future */
  expireAt(key: string, at: number): void {
    this.#deadlines.set(key, at);
  }

  /** Takes the key's expiry away. @returns whether it had one */
  stay(key: string): boolean {
    return this.#deadlines.delete(key);
  }

  /** The keys whose time has not come, in the order in which they were added. */
  get names(): Walkable & Iterable<string> {
    this.#deadlines.pass();
    return this.#names;
  }

  /** How many of the keys expire. */
  get expiring(): number {
    this.#deadlines.pass();
    return this.#deadlines.size;
  }

  /** The string at the key as bytes that are being changed, where it is the one. */
  openString(key: string): OpenString | undefined {
    return this.#open?.key === key ? this.#open : undefined;
  }

  /** Opens the string at the key, to change its bytes. @param text the string */
  open(key: string, text: string): OpenString {
    if (this.#open) this.#closeString();
    this.#open = new OpenString(key, text);
    this.notes.hold(key, 'raw');
    return this.#open;
  }

  clear(): void {
    this.#open = undefined;
    this.#data.clear();
    this.#names.clear();
    this.notes.clear();
    this.#deadlines.clear();
  }

  close(): void {
    this.#deadlines.clear();
    this.#store.close();
  }

  /** Puts what was changed into the table. */
  #closeString(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open) this.#data.set(inner(open.key), String(open));
  }
}

/** The mock's table is a plain object: a letter before each key keeps `__proto__` out of it. */
function inner(key: string): string {
  return `:${key}`;
}
