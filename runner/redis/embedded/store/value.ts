import type { ListValue } from './list-value';
import type { SetValue } from './set-value';
import type { SortedSet } from './sorted-set';
import { Table } from './table';

/** What a key holds. Strings are latin1: a character a byte. */
export type Value =
  | string
  | { readonly type: 'list'; readonly items: ListValue }
  | { readonly type: 'hash'; readonly fields: Table<string> }
  | { readonly type: 'set'; readonly members: SetValue }
  | { readonly type: 'zset'; readonly sorted: SortedSet };

export type ValueType = 'string' | 'list' | 'hash' | 'set' | 'zset';

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
      return { type: 'hash', fields: new Table(value.fields) };
    case 'set':
      return { type: 'set', members: value.members.copy() };
    case 'zset':
      return { type: 'zset', sorted: value.sorted.copy() };
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
  }
}
