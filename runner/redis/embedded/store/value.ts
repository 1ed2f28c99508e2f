import type { ListValue } from './list-value';
import type { SetValue } from './set-value';
import type { SortedSet } from './sorted-set';
import type { Stream } from './stream/stream';
import type { Table } from './table';

/** What a key holds. Strings are latin1: a character a byte. */
export type Value =
  | string
  | { readonly type: 'list'; readonly items: ListValue }
  | { readonly type: 'hash'; readonly fields: Table<string> }
  | { readonly type: 'set'; readonly members: SetValue }
  | { readonly type: 'zset'; readonly sorted: SortedSet }
  | { readonly type: 'stream'; readonly stream: Stream };

export type ValueType = 'string' | 'list' | 'hash' | 'set' | 'zset' | 'stream';

export function typeOf(value: Value): ValueType {
  return typeof value === 'string' ? 'string' : value.type;
}

/** A copy that shares nothing with the value. */
export function copyValue(value: Value): Value {
  if (typeof value === 'string') return value;
  switch (value.type) {
    case 'list':
      return { type: 'list', items: value.items.copy() };
    case 'hash':
      return { type: 'hash', fields: value.fields.copy() };
    case 'set':
      return { type: 'set', members: value.members.copy() };
    case 'zset':
      return { type: 'zset', sorted: value.sorted.copy() };
    case 'stream':
      return { type: 'stream', stream: value.stream.copy() };
  }
}

/** How many elements a value has; a string counts as one. */
export function sizeOf(value: Value): number {
  if (typeof value === 'string') return 1;
  switch (value.type) {
    case 'list':
      return value.items.length;
    case 'hash':
      return value.fields.size;
    case 'set':
      return value.members.size;
    case 'zset':
      return value.sorted.size;
    case 'stream':
      return value.stream.length;
  }
}

/** Whether a key cannot hold it, for want of elements; a stream may be empty. */
export function isVoid(value: Value): boolean {
  return sizeOf(value) === 0 && typeOf(value) !== 'stream';
}
