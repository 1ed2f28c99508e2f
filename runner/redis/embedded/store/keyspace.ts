import { wrongType } from '../protocol/command-error';
import { Deadlines } from './deadlines';
import type { KeyEvent } from './key-events';
import { type KeyNote, KeyNotes, type StringForm } from './key-notes';
import { ListValue } from './list-value';
import { type MockData, type MockExpires, type MockStore, openStore } from './mock';
import { Names, type Walkable } from './names';
import { type Bytes, bytesOf, OpenString } from './open-string';
import { SetValue } from './set-value';
import { SortedSet } from './sorted-set';
import { Stream } from './stream/stream';
import { Table } from './table';
import { isVoid, typeOf, type Value } from './value';

/** Hears what commands do to keys, so that WATCH and BLPOP can act on it. */
export interface KeyspaceListener {
  /** The key was changed. */
  touched(db: number, key: string): void;
  /** All keys are gone. */
  cleared(db: number, keys: readonly string[]): void;
  /** What notifications tell of: an event that its command names, and the others by themselves. */
  happened(db: number, event: KeyEvent, key: string): void;
  /** A command has looked for the key, which is not there. */
  missed(db: number, key: string): void;
  /** The key has gone by itself: its time had come. */
  expired(db: number, key: string): void;
  /**
   * The key was not there, and now is a list, a sorted set or a stream: one overwritten wakes
   * nobody. Or it is a stream that has grown or lost a group.
   */
  appeared(db: number, key: string): void;
}

/** A key as a whole. */
export interface Entry {
  readonly key: string;
  readonly value: Value;
  /** ms since 1970 */
  readonly expiry: number | undefined;
  /** Absent for a value that is new. */
  readonly note?: KeyNote;
}

/**
 * One database: keys, values and times of expiry, all held by ioredis-mock. Strings are stored as
 * they are; of the other types the mock copies only the small box around the live structure. The
 * mock can only list all of its keys, so their names and times are kept a second time beside it.
 */
export class Keyspace {
  readonly #store: MockStore;
  readonly #data: MockData;
  readonly #expires: MockExpires;
  /** The keys that the mock holds. */
  readonly #names = new Names();
  readonly #deadlines = new Deadlines((key) => this.#expire(key));
  /** When keys were last used, and how strings are held. */
  readonly notes = new KeyNotes();
  /** There while the string at its key may be older in the table than here. */
  #open: OpenString | undefined;

  constructor(
    host: string,
    readonly index: number,
    readonly listener: KeyspaceListener,
  ) {
    this.#store = openStore(host, index);
    this.#data = this.#store.data;
    this.#expires = this.#store.expires;
  }

  /** The value at the key, which counts as used by that. */
  get(key: string): Value | undefined {
    const value = this.peek(key);
    if (value !== undefined) this.notes.used(key);
    return value;
  }

  /** The same, for those who look at the key only from outside. */
  peek(key: string): Value | undefined {
    if (this.#open?.key === key) this.#closeString();
    this.#expire(key);
    const value = this.#data.get(inner(key)) as Value | undefined;
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
    return this.#data.has(inner(key));
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
    if (isVoid(value)) this.#drop(key);
    else this.#keep(key, value);
    this.#touched(key, event);
  }

  /** Gives the key a value and no expiry. */
  replace(key: string, value: Value, event?: KeyEvent): void {
    this.#stay(key);
    this.put(key, value, event);
  }

  /** After a collection was changed in place: an empty one goes, which is an event of its own. */
  changed(key: string, size: number, event?: KeyEvent): void {
    if (size === 0) this.#drop(key);
    this.#touched(key, event);
    if (size === 0 && event) this.tell('del', key);
  }

  /** After a value was changed in place that stays even when it is empty. */
  touch(key: string, event?: KeyEvent): void {
    this.#touched(key, event);
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
    this.#drop(key);
    this.listener.touched(this.index, key);
    return true;
  }

  /** ms since 1970, or undefined for a key that stays. */
  expiry(key: string): number | undefined {
    return this.#expires.get(inner(key));
  }

  /** @param at ms since 1970; a time that has passed removes the key */
  expireAt(key: string, at: number, event?: KeyEvent): void {
    if (at <= Date.now()) {
      this.#drop(key);
      this.#touched(key, event && 'del');
    } else {
      this.#expires.set(inner(key), at);
      this.#deadlines.set(key, at);
      this.#touched(key, event);
    }
  }

  /** @returns whether there was an expiry to take away */
  persist(key: string): boolean {
    if (!this.holds(key)) return false;
    this.notes.used(key);
    if (!this.#expires.has(inner(key))) return false;
    this.#stay(key);
    this.#touched(key, 'persist');
    return true;
  }

  keys(): string[] {
    this.#deadlines.pass();
    return [...this.#names];
  }

  /** The keys, for random picks and for a walk through them. */
  get names(): Walkable {
    this.#deadlines.pass();
    return this.#names;
  }

  get size(): number {
    return this.names.size;
  }

  /** How many of the keys expire. */
  get expiring(): number {
    this.#deadlines.pass();
    return this.#deadlines.size;
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

  /** Puts back what {@link entries} gave, here or in another database: the key counts as no new one. */
  restore({ key, value, expiry, note }: Entry): void {
    this.#keep(key, value, false);
    if (note) this.notes.set(key, note);
    this.#touched(key, undefined);
    if (expiry !== undefined) this.expireAt(key, expiry);
  }

  clear(): void {
    const keys = this.keys();
    this.#open = undefined;
    this.#data.clear();
    this.#expires.clear();
    this.#names.clear();
    this.notes.clear();
    this.#deadlines.clear();
    this.listener.cleared(this.index, keys);
  }

  close(): void {
    this.#deadlines.clear();
    this.#store.close();
  }

  /** @throws CommandError WRONGTYPE */
  string(key: string): string | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === 'string') return value;
    throw wrongType();
  }

  /** @throws CommandError WRONGTYPE */
  list(key: string): ListValue | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' || value.type !== 'list') throw wrongType();
    return value.items;
  }

  /** @throws CommandError WRONGTYPE */
  hash(key: string): Table<string> | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' || value.type !== 'hash') throw wrongType();
    return value.fields;
  }

  /** @throws CommandError WRONGTYPE */
  set(key: string): SetValue | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' || value.type !== 'set') throw wrongType();
    return value.members;
  }

  /** @throws CommandError WRONGTYPE */
  zset(key: string): SortedSet | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' || value.type !== 'zset') throw wrongType();
    return value.sorted;
  }

  /** @throws CommandError WRONGTYPE */
  stream(key: string): Stream | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' || value.type !== 'stream') throw wrongType();
    return value.stream;
  }

  /** The bytes of the string at the key, to read. @throws CommandError WRONGTYPE */
  bytes(key: string): Bytes | undefined {
    const open = this.#openString(key);
    if (open) this.notes.used(key);
    if (open) return open;
    const text = this.string(key);
    return text === undefined ? undefined : bytesOf(text);
  }

  /**
   * The bytes of the string at the key, to change at once and in place; a key that is not there
   * becomes an empty string. Whoever changes them calls {@link touch}.
   * @throws CommandError WRONGTYPE
   */
  bytesToChange(key: string): OpenString {
    const before = this.#openString(key);
    if (before) return before;
    const text = this.string(key);
    if (this.#open) this.#closeString();
    if (text === undefined) this.#keep(key, '');
    this.#open = new OpenString(key, text ?? '');
    this.notes.hold(key, 'raw');
    return this.#open;
  }

  /** The list at the key, or a new one there, to be filled before the command ends. */
  listToFill(key: string): ListValue {
    return this.list(key) ?? this.#box(key, { type: 'list', items: new ListValue() }).items;
  }

  hashToFill(key: string): Table<string> {
    return this.hash(key) ?? this.#box(key, { type: 'hash', fields: new Table() }).fields;
  }

  setToFill(key: string): SetValue {
    return this.set(key) ?? this.#box(key, { type: 'set', members: new SetValue() }).members;
  }

  zsetToFill(key: string): SortedSet {
    return this.zset(key) ?? this.#box(key, { type: 'zset', sorted: new SortedSet() }).sorted;
  }

  streamToFill(key: string): Stream {
    return this.stream(key) ?? this.#box(key, { type: 'stream', stream: new Stream() }).stream;
  }

  /** Stores a box that is still empty: its command fills it before anything else runs. */
  #box<Box extends Value>(key: string, box: Box): Box {
    this.#keep(key, box);
    return box;
  }

  /** The open string, where it is this key's and the key has not gone since. */
  #openString(key: string): OpenString | undefined {
    return this.#open?.key === key && this.holds(key) ? this.#open : undefined;
  }

  /** Puts what was changed into the table. */
  #closeString(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open && this.holds(open.key)) this.#data.set(inner(open.key), String(open));
  }

  #keep(key: string, value: Value, told = true): void {
    const name = inner(key);
    if (this.#open?.key === key) this.#open = undefined;
    const isNew = !this.#data.has(name);
    if (isAwaited(value) && isNew) this.listener.appeared(this.index, key);
    this.#data.set(name, value);
    this.#names.add(key);
    this.notes.made(key);
    if (isNew && told) this.tell('new', key);
  }

  #drop(key: string): void {
    if (this.#open?.key === key) this.#open = undefined;
    this.#data.delete(inner(key));
    this.#names.delete(key);
    this.#deadlines.delete(key);
    this.notes.forget(key);
  }

  /** Takes the key's expiry away. */
  #stay(key: string): void {
    if (this.#deadlines.delete(key)) this.#expires.delete(inner(key));
  }

  /** Before the mock does it, which tells nobody. */
  #expire(key: string): void {
    const at = this.#expires.get(inner(key));
    if (at === undefined || at > Date.now()) return;
    this.#drop(key);
    this.listener.expired(this.index, key);
  }

  #touched(key: string, event: KeyEvent | undefined): void {
    this.listener.touched(this.index, key);
    if (event) this.tell(event, key);
  }
}

/** Whether clients can block on a key until it holds such a value. */
function isAwaited(value: Value): boolean {
  const type = typeOf(value);
  return type === 'list' || type === 'zset' || type === 'stream';
}

/** The mock's table is a plain object: a letter before each key keeps `__proto__` out of it. */
function inner(key: string): string {
  return `:${key}`;
}
