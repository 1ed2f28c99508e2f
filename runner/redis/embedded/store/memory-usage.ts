import { lengthBehind, listpackSize } from '../../rdb/listpack-size';
import { formatScore } from '../protocol/numbers';
import type { Encoding } from './encoding';
import { MAX_ID, ZERO_ID } from './stream/id';
import type { Value } from './value';

/** Bytes of the record that Redis keeps of any value, and of one key in a hash table. */
const OBJECT = 16;
const ENTRY = 24;
const TABLE = 56;
const LISTPACK = 7;
/** Bytes in a node of a list: of its own, and of items by the default of `list-max-listpack-size`. */
const NODE = 32;
const NODE_ITEMS = 8192;
/** A sorted set beside its table: the head of its skip list, and of each member what links it. */
const SKIPLIST = 700;
const SKIPLIST_NODE = 54;
/** A stream with the tree of its nodes and the room that the first one is given. */
const STREAM = 4600;

/**
 * Bytes that a key and its value take, as a Redis on a machine of 64 bits would tell: an estimate
 * from the lengths of the parts, the records around them and the steps in which its allocator hands
 * out memory. All elements are counted, so a sample of them makes no difference.
 */
export function memoryUsage(key: string, value: Value, encoding: Encoding): number {
  return textBytes(key) + ENTRY + OBJECT + valueBytes(value, encoding);
}

function valueBytes(value: Value, encoding: Encoding): number {
  if (typeof value === 'string') {
    if (encoding === 'int') return 0;
    return encoding === 'raw' ? textBytes(value) : allocated(OBJECT + value.length + 4) - OBJECT;
  }
  switch (value.type) {
    case 'list': {
      const bytes = sum(value.items, listpackSize);
      return 40 + bytes + Math.ceil(bytes / NODE_ITEMS) * (NODE + LISTPACK);
    }
    case 'set': {
      if (encoding === 'hashtable') return tableBytes(value.members.size, value.members);
      return allocated(8 + value.members.size * integerBytes(value.members));
    }
    case 'hash': {
      const words = function* () {
        for (const pair of value.fields) yield* pair;
      };
      if (encoding === 'hashtable') return tableBytes(value.fields.size, words());
      return allocated(LISTPACK + sum(words(), listpackSize));
    }
    case 'zset': {
      const { size, names } = value.sorted;
      if (encoding === 'skiplist') {
        const members = function* () {
          for (const { member } of value.sorted) yield member;
        };
        return tableBytes(names.size, members()) + SKIPLIST + size * SKIPLIST_NODE;
      }
      return allocated(
        LISTPACK +
          sum(value.sorted, ({ member, score }) => {
            return listpackSize(member) + listpackSize(formatScore(score));
          }),
      );
    }
    case 'stream':
      return (
        STREAM +
        sum(value.stream.range(ZERO_ID, MAX_ID), ({ fields }) => {
          const bytes = 8 + sum(fields, listpackSize);
          return bytes + lengthBehind(bytes);
        })
      );
  }
}

function tableBytes(count: number, words: Iterable<string>): number {
  const buckets = 2 ** Math.max(2, Math.ceil(Math.log2(count)));
  return TABLE + buckets * 8 + count * ENTRY + sum(words, textBytes);
}

/** A string with its length before it and a zero byte behind. */
function textBytes({ length }: string): number {
  return allocated(length + 1 + (length < 32 ? 1 : length < 256 ? 3 : length < 65_536 ? 5 : 9));
}

function integerBytes(members: Iterable<string>): number {
  let bytes = 2;
  for (const member of members) {
    const size = Math.abs(Number(member));
    bytes = Math.max(bytes, size < 2 ** 15 ? 2 : size < 2 ** 31 ? 4 : 8);
  }
  return bytes;
}

/** What an allocator like jemalloc hands out for so many bytes. */
function allocated(bytes: number): number {
  if (bytes <= 8) return 8;
  const step = Math.max(16, 2 ** (Math.ceil(Math.log2(bytes)) - 3));
  return Math.ceil(bytes / step) * step;
}

function sum<Item>(items: Iterable<Item>, bytesOf: (item: Item) => number): number {
  let bytes = 0;
  for (const item of items) bytes += bytesOf(item);
  return bytes;
}
