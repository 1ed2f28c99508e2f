import { isInteger } from '../protocol/numbers';
import type { StringForm } from './key-notes';
import type { Table } from './table';
import type { Value } from './value';

/** The ways in which Redis 7.0 holds a value, as OBJECT ENCODING names them. */
export type Encoding =
  | 'int'
  | 'embstr'
  | 'raw'
  | 'quicklist'
  | 'intset'
  | 'hashtable'
  | 'listpack'
  | 'skiplist'
  | 'stream';

/** Up to where a collection is held in its compact form: settings of the same names. */
export interface EncodingLimits {
  number(
    name:
      | 'hash-max-listpack-entries'
      | 'hash-max-listpack-value'
      | 'set-max-intset-entries'
      | 'zset-max-listpack-entries'
      | 'zset-max-listpack-value',
  ): number;
}

/** Bytes of the longest string that Redis keeps in one piece with what it knows of it. */
const EMBEDDED = 44;

/**
 * How Redis would hold a value. A collection that was too large for its compact form once stays in
 * the other one, also when it is small again.
 * @param form of a string, where something is noted of it
 */
export function encodingOf(value: Value, limits: EncodingLimits, form?: StringForm): Encoding {
  if (typeof value === 'string') {
    if (form === undefined && isInteger(value)) return 'int';
    return form === 'raw' || value.length > EMBEDDED ? 'raw' : 'embstr';
  }
  switch (value.type) {
    case 'list':
      return 'quicklist';
    case 'set':
      return value.members.isIntset(limits.number('set-max-intset-entries'))
        ? 'intset'
        : 'hashtable';
    case 'hash': {
      const most = limits.number('hash-max-listpack-entries');
      const longest = limits.number('hash-max-listpack-value');
      return wasSmall(value.fields, most, longest) ? 'listpack' : 'hashtable';
    }
    case 'zset': {
      const most = limits.number('zset-max-listpack-entries');
      const longest = limits.number('zset-max-listpack-value');
      return wasSmall(value.sorted.scores, most, longest) ? 'listpack' : 'skiplist';
    }
    case 'stream':
      return 'stream';
  }
}

function wasSmall(table: Pick<Table<string>, 'most' | 'longest'>, most: number, longest: number) {
  return table.most <= most && table.longest <= longest;
}
