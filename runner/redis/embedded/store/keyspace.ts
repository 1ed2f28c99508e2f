import { wrongType } from '../protocol/command-error';
import { Keys } from './keys';
import { ListValue } from './list-value';
import { type Bytes, bytesOf, type OpenString } from './open-string';
import { SetValue } from './set-value';
import { SortedSet } from './sorted-set';
import { Stream } from './stream/stream';
import { Table } from './table';
import type { Value } from './value';

/**
 * One database: its keys, and what they hold by its type. A key of another type than is asked for is
 * an error, as it is of the command that asks.
 */
export class Keyspace extends Keys {
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
    if (text === undefined) this.keep(key, '');
    return this.records.open(key, text ?? '');
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
    this.keep(key, box);
    return box;
  }

  /** The open string, where it is this key's and the key has not gone since. */
  #openString(key: string): OpenString | undefined {
    return this.holds(key) ? this.records.openString(key) : undefined;
  }
}
