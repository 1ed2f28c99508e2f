import { wrongType } from '../protocol/command-error';
import { ListValue } from './list-value';
import { type MockData, type MockExpires, type MockStore, openStore } from './mock';
import { Names, type Walkable } from './names';
import { SetValue } from './set-value';
import { SortedSet } from './sorted-set';
import { Table } from './table';
import { sizeOf, type Value } from './value';

/** Hears what commands do to keys, so that WATCH and BLPOP can act on it. */
export interface KeyspaceListener {
  /** The key was changed. */
  touched(db: number, key: string): void;
  /** All keys are gone. */
  cleared(db: number, keys: readonly string[]): void;
  /** The key was not there, and now is a list or a sorted set: one overwritten wakes nobody. */
  appeared(db: number, key: string): void;
}

/** A key as a whole. */
export interface Entry {
  readonly key: string;
  readonly value: Value;
  /** ms since 1970 */
  readonly expiry: number | undefined;
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
  /** Those of them that expire, by their times. */
  #times = new SortedSet();

  constructor(
    host: string,
    readonly index: number,
    readonly listener: KeyspaceListener,
  ) {
    this.#store = openStore(host, index);
    this.#data = this.#store.data;
    this.#expires = this.#store.expires;
  }

  get(key: string): Value | undefined {
    const value = this.#data.get(inner(key)) as Value | undefined;
    if (value === undefined) this.#forget(key);
    return value;
  }

  has(key: string): boolean {
    const has = this.#data.has(inner(key));
    if (!has) this.#forget(key);
    return has;
  }

  /** Gives the key a value; an expiry that it had stays. An empty collection removes the key. */
  put(key: string, value: Value): void {
    if (sizeOf(value) === 0) this.#drop(key);
    else this.#keep(key, value);
    this.listener.touched(this.index, key);
  }

  /** Gives the key a value and no expiry. */
  replace(key: string, value: Value): void {
    this.#stay(key);
    this.put(key, value);
  }

  /** After a collection was changed in place: an empty one goes. */
  changed(key: string, size: number): void {
    if (size === 0) this.#drop(key);
    this.listener.touched(this.index, key);
  }

  /** @returns whether it was there */
  remove(key: string): boolean {
    if (!this.has(key)) return false;
    this.#drop(key);
    this.listener.touched(this.index, key);
    return true;
  }

  /** ms since 1970, or undefined for a key that stays. */
  expiry(key: string): number | undefined {
    return this.#expires.get(inner(key));
  }

  /** @param at ms since 1970; a time that has passed removes the key */
  expireAt(key: string, at: number): void {
    if (at <= Date.now()) {
      this.#drop(key);
    } else {
      this.#expires.set(inner(key), at);
      this.#times.set(key, at);
    }
    this.listener.touched(this.index, key);
  }

  /** @returns whether there was an expiry to take away */
  persist(key: string): boolean {
    if (!this.has(key) || !this.#expires.has(inner(key))) return false;
    this.#stay(key);
    this.listener.touched(this.index, key);
    return true;
  }

  keys(): string[] {
    this.#dropExpired();
    return [...this.#names];
  }

  /** The keys, for random picks and for a walk through them. */
  get names(): Walkable {
    this.#dropExpired();
    return this.#names;
  }

  get size(): number {
    return this.names.size;
  }

  /** How many of the keys expire. */
  get expiring(): number {
    this.#dropExpired();
    return this.#times.size;
  }

  /** Every key with what it holds and when it goes. */
  entries(): Entry[] {
    const entries: Entry[] = [];
    for (const key of this.keys()) {
      const value = this.get(key);
      if (value !== undefined) entries.push({ key, value, expiry: this.expiry(key) });
    }
    return entries;
  }

  /** Puts back what {@link entries} gave, here or in another database. */
  restore({ key, value, expiry }: Entry): void {
    this.replace(key, value);
    if (expiry !== undefined) this.expireAt(key, expiry);
  }

  clear(): void {
    const keys = this.keys();
    this.#data.clear();
    this.#expires.clear();
    this.#names.clear();
    this.#times = new SortedSet();
    this.listener.cleared(this.index, keys);
  }

  close(): void {
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

  /** Stores a box that is still empty: its command fills it before anything else runs. */
  #box<Box extends Value>(key: string, box: Box): Box {
    this.#keep(key, box);
    return box;
  }

  #keep(key: string, value: Value): void {
    const name = inner(key);
    const awaited = typeof value !== 'string' && (value.type === 'list' || value.type === 'zset');
    if (awaited && !this.#data.has(name)) this.listener.appeared(this.index, key);
    this.#data.set(name, value);
    this.#names.add(key);
  }

  #drop(key: string): void {
    this.#data.delete(inner(key));
    this.#forget(key);
  }

  /** The mock no longer has the key: it drops one that has expired when it comes upon it. */
  #forget(key: string): void {
    if (this.#names.delete(key) !== undefined) this.#times.delete(key);
  }

  #stay(key: string): void {
    this.#expires.delete(inner(key));
    this.#times.delete(key);
  }

  #dropExpired(): void {
    for (;;) {
      const [first] = this.#times.slice(0, 1);
      if (!first || first.score > Date.now()) return;
      this.#drop(first.member);
    }
  }
}

/** The mock's table is a plain object: a letter before each key keeps `__proto__` out of it. */
function inner(key: string): string {
  return `:${key}`;
}
