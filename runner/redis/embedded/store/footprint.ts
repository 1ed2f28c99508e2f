import type { Keyspace } from './keyspace';
import { sizeOf, type Value } from './value';

/** Bytes that a key takes beside its name and its value, and an element beside its own. */
const KEY = 56;
const ELEMENT = 16;
/** Elements that are looked at: the others count as these do. */
const LOOKED_AT = 5;
/** Keys that are looked at in a database. */
const KEYS = 100;

/** What a key takes about, in bytes, by some of its elements; 0 for one that is not there. */
export function footprintOf(keyspace: Keyspace, key: string): number {
  const value = keyspace.get(key);
  if (value === undefined) return 0;
  return KEY + key.length + (typeof value === 'string' ? value.length : estimate(value));
}

/** What a database takes about, in bytes, by some of its keys. */
export function footprintOfAll(keyspace: Keyspace): number {
  const { names } = keyspace;
  const { size } = names;
  const looked = Math.min(size, KEYS);
  const keys: string[] = [];
  for (let at = 0; at < looked; at += 1) {
    const key = names.at(Math.floor((at * size) / looked));
    if (key !== undefined) keys.push(key);
  }
  if (keys.length === 0) return 0;
  const bytes = keys.reduce((sum, key) => sum + footprintOf(keyspace, key), 0);
  return Math.round((bytes * size) / keys.length);
}

function estimate(value: Exclude<Value, string>): number {
  const size = sizeOf(value);
  let bytes = 0;
  let seen = 0;
  for (const length of lengths(value)) {
    bytes += length;
    seen += 1;
    if (seen === LOOKED_AT) break;
  }
  return Math.round(size * (ELEMENT + (seen === 0 ? ELEMENT : bytes / seen)));
}

function* lengths(value: Exclude<Value, string>): Iterable<number> {
  switch (value.type) {
    case 'list':
      for (const item of value.items) yield item.length;
      break;
    case 'hash':
      for (const [field, text] of value.fields) yield field.length + text.length;
      break;
    case 'set':
      for (const member of value.members) yield member.length;
      break;
    case 'zset':
      for (const { member } of value.sorted) yield member.length + 8;
      break;
  }
}
