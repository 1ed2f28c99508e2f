import type { RdbValue } from '../../rdb/entry';
import { ListValue } from './list-value';
import { SetValue } from './set-value';
import { SortedSet } from './sorted-set';
import { streamFromRdb, streamToRdb } from './stream/rdb';
import { Table } from './table';
import type { Value } from './value';

/** A value as the RDB file has it. */
export function toRdb(value: Value): RdbValue {
  if (typeof value === 'string') return { type: 'string', value: bytes(value) };
  switch (value.type) {
    case 'list':
      return { type: 'list', items: Array.from(value.items, bytes) };
    case 'set':
      return { type: 'set', members: Array.from(value.members, bytes) };
    case 'zset':
      return {
        type: 'zset',
        members: Array.from(value.sorted, ({ member, score }) => ({
          member: bytes(member),
          score,
        })),
      };
    case 'hash':
      return { type: 'hash', fields: Array.from(value.fields, ([a, b]) => [bytes(a), bytes(b)]) };
    case 'stream':
      return streamToRdb(value.stream);
  }
}

/** The other way round. */
export function fromRdb(value: RdbValue): Value {
  switch (value.type) {
    case 'string':
      return text(value.value);
    case 'list':
      return { type: 'list', items: new ListValue(value.items.map(text)) };
    case 'set':
      return { type: 'set', members: new SetValue(value.members.map(text)) };
    case 'zset':
      return {
        type: 'zset',
        sorted: new SortedSet(
          value.members.map(({ member, score }) => ({ member: text(member), score })),
        ),
      };
    case 'hash':
      return {
        type: 'hash',
        fields: new Table(value.fields.map(([a, b]) => [text(a), text(b)] as const)),
      };
    case 'stream':
      return { type: 'stream', stream: streamFromRdb(value) };
  }
}

function bytes(latin1: string): Buffer {
  return Buffer.from(latin1, 'latin1');
}

function text(binary: Buffer): string {
  return binary.toString('latin1');
}
