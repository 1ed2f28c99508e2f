import type { KeyEvent } from './key-events';
import type { KeyNote, KeyNotes, StringForm } from './key-notes';
import type { KeyspaceListener } from './keyspace-listener';
import type { Walkable } from './names';
import { Records } from './records';
import { isVoid, typeOf, type Value } from './value';

/** A key as a whole. */
export interface Entry {
  readonly key: string;
  readonly value: Value;
  /** ms since 1970 */
  readonly expiry: number | undefined;
  /** Absent for a value that is new. */
  readonly note?: KeyNote;
}

/** The keys of one database, whatever they hold: those who are to hear of a change are told. */
export class Keys {
  #records: Records;

  constructor(
    host: string,
    readonly index: number,
    readonly listener: KeyspaceListener,
  ) {
    this.#records = new Records(host, index, (key) => this.#expire(key));
  }

  /** When keys were last used, and how strings are held. */
  get notes(): KeyNotes {
    return this.#records.notes;
  }

  /** What is held, for those who look after its keys themselves. */
  protected get records(): Records {
    return this.#records;
  }

  /** The value at the key, which counts as used by that. */
  get(key: string): Value | undefined {
    const value = this.peek(key);
    if (value !== undefined) this.notes.used(key);
    return value;
  }

  /** The same, for those who look at the key only from outside. */
  peek(key: string): Value | undefined {
    this.#expire(key);
    const value = this.#records.get(key);
    if (value === undefined) this.listener.missed(this.index, key);
    return value;
  }

  has(key: string): boolean {
    const isThere = this.holds(key);
    if (!isThere) this.listener.missed(this.index, key);
    return isThere;
  }

  /** The same, where nobody is told that the key is missed. */
  holds(key: string): boolean {
    this.#expire(key);
    return this.#records.has(key);
  }

  /** Gives the key a text that Redis would hold in another form than a text that is set. */
  putAs(form: StringForm, key: string, text: string, event?: KeyEvent): void {
    this.put(key, text, event);
    this.notes.hold(key, form);
  }

  /** Tells of something that happened to a key, where it is none of the changes below. */
  tell(event: KeyEvent, key: string): void {
    this.listener.happened(this.index, event, key);
  }

  /** Gives the key a value; an expiry that it had stays. An empty collection removes the key. */
  put(key: string, value: Value, event?: KeyEvent): void {
    if (isVoid(value)) this.#records.delete(key);
    else this.keep(key, value);
    this.touch(key, event);
  }

  /** Gives the key a value and no expiry. */
  replace(key: string, value: Value, event?: KeyEvent): void {
    this.#records.stay(key);
    this.put(key, value, event);
  }

  /** After a collection was changed in place: an empty one goes, which is an event of its own. */
  changed(key: string, size: number, event?: KeyEvent): void {
    if (size === 0) this.#records.delete(key);
    this.touch(key, event);
    if (size === 0 && event) this.tell('del', key);
  }

  /** After a value was changed in place that stays even when it is empty. */
  touch(key: string, event?: KeyEvent): void {
    this.listener.touched(this.index, key);
    if (event) this.tell(event, key);
  }

  /** Those who wait for the key look at it once more: a stream has grown or lost a group. */
  signal(key: string): void {
    this.listener.appeared(this.index, key);
  }

  /** Removes the key. @returns whether it was there */
  remove(key: string, event: KeyEvent = 'del'): boolean {
    if (!this.take(key)) return false;
    this.tell(event, key);
    return true;
  }

  /** Removes the key as a part of a larger change, which tells of itself. @returns whether it was there */
  take(key: string): boolean {
    if (!this.holds(key)) return false;
    this.#records.delete(key);
    this.listener.touched(this.index, key);
    return true;
  }

  /** ms since 1970, or undefined for a key that stays. */
  expiry(key: string): number | undefined {
    return this.#records.expiry(key);
  }

  /** @param at ms since 1970; a time that has passed removes the key */
  expireAt(key: string, at: number, event?: KeyEvent): void {
    const isPast = at <= Date.now();
    if (isPast) this.#records.delete(key);
    else this.#records.expireAt(key, at);
    this.touch(key, isPast && event ? 'del' : event);
  }

  /** @returns whether there was an expiry to take away */
  persist(key: string): boolean {
    if (!this.holds(key)) return false;
    this.notes.used(key);
    if (!this.#records.stay(key)) return false;
    this.touch(key, 'persist');
    return true;
  }

  keys(): string[] {
    return [...this.#records.names];
  }

  /** The keys, for random picks and for a walk through them. */
  get names(): Walkable {
    return this.#records.names;
  }

  get size(): number {
    return this.names.size;
  }

  /** How many of the keys expire. */
  get expiring(): number {
    return this.#records.expiring;
  }

  /** Every key with what it holds and when it goes. */
  entries(): Entry[] {
    const entries: Entry[] = [];
    for (const key of this.keys()) {
      const value = this.peek(key);
      if (value !== undefined) {
        entries.push({ key, value, expiry: this.expiry(key), note: this.notes.of(key) });
      }
    }
    return entries;
  }

  /** Adds a key as a whole, in the place of one that may be there. */
  add({ key, value, expiry, note }: Entry): void {
    this.replace(key, value);
    if (note) this.notes.set(key, note);
    if (expiry !== undefined) this.expireAt(key, expiry);
  }

  clear(): void {
    const keys = this.keys();
    this.#records.clear();
    this.listener.cleared(this.index, keys);
  }

  /** Every key of this database against every key of another. Nobody is told. */
  exchange(other: Keys): void {
    [this.#records, other.#records] = [other.#records, this.#records];
    for (const keys of [this, other]) keys.#records.due = (key) => keys.#expire(key);
  }

  close(): void {
    this.#records.close();
  }

  /** Puts the value there. */
  protected keep(key: string, value: Value): void {
    const isNew = !this.#records.has(key);
    if (isNew && isAwaited(value)) this.listener.appeared(this.index, key);
    this.#records.set(key, value);
    if (isNew) this.tell('new', key);
  }

  /** Before the mock does it, which tells nobody. */
  #expire(key: string): void {
    const at = this.#records.expiry(key);
    if (at === undefined || at > Date.now()) return;
    this.#records.delete(key);
    this.listener.expired(this.index, key);
  }
}

/** Whether clients can block on a key until it holds such a value. */
function isAwaited(value: Value): boolean {
  const type = typeOf(value);
  return type === 'list' || type === 'zset' || type === 'stream';
}
