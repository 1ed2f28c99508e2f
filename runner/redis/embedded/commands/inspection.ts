import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { isInteger, toInteger } from '../protocol/numbers';
import { bulk, integer, type Reply } from '../protocol/reply';
import { MAX_ID, ZERO_ID } from '../store/stream/id';
import { sizeOf, type Value } from '../store/value';
import { command, family, ONE_KEY } from './command';

/** Looking at how a value is kept, by the rules of Redis rather than of what holds it here. */
export const inspection = [
  family('object', [
    command('object|encoding', 3, 'readonly', ONE_KEY, ({ db, resp }, [key]: [string]) => {
      const value = db.get(key);
      return value === undefined ? resp.nil : bulk(encodingOf(value));
    }),
    command('object|refcount', 3, 'readonly', ONE_KEY, ({ db, resp }, [key]: [string]) =>
      db.has(key) ? integer(1) : resp.nil,
    ),
    command('object|idletime', 3, 'readonly', ONE_KEY, ({ db, resp }, [key]: [string]) =>
      db.has(key) ? integer(0) : resp.nil,
    ),
    command('object|freq', 3, 'readonly', ONE_KEY, ({ db, resp }, [key]: [string]) => {
      if (!db.has(key)) return resp.nil;
      throw new CommandError(
        'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.',
      );
    }),
  ]),
  family('memory', [command('memory|usage', -3, 'readonly', ONE_KEY, usage)]),
];

function usage({ db, resp }: Session, [key, ...words]: [string, ...string[]]): Reply {
  if (words.length > 0) {
    if (words.length !== 2 || words[0]?.toLowerCase() !== 'samples') throw syntaxError();
    if (toInteger(words[1] ?? '') < 0) throw syntaxError();
  }
  const value = db.get(key);
  return value === undefined ? resp.nil : integer(56 + key.length + bytesOf(value));
}

function bytesOf(value: Value): number {
  if (typeof value === 'string') return value.length;
  let bytes = 0;
  if (value.type === 'hash')
    for (const [field, text] of value.fields) bytes += field.length + text.length;
  else if (value.type === 'list') for (const item of value.items) bytes += item.length;
  else if (value.type === 'set') for (const member of value.members) bytes += member.length;
  else if (value.type === 'stream') {
    for (const { fields } of value.stream.range(ZERO_ID, MAX_ID)) {
      for (const word of fields) bytes += word.length;
    }
  } else for (const { member } of value.sorted) bytes += member.length + 8;
  return bytes + 16 * sizeOf(value);
}

function encodingOf(value: Value): string {
  if (typeof value === 'string') {
    if (isInteger(value)) return 'int';
    return value.length <= 44 ? 'embstr' : 'raw';
  }
  switch (value.type) {
    case 'list':
      return 'quicklist';
    case 'set':
      return value.members.encoding;
    case 'hash':
      return small([...value.fields].flat(), 256) ? 'listpack' : 'hashtable';
    case 'zset':
      return small(
        Array.from(value.sorted, ({ member }) => member),
        128,
      )
        ? 'listpack'
        : 'skiplist';
    case 'stream':
      return 'stream';
  }
}

function small(parts: readonly string[], most: number): boolean {
  return parts.length <= most && parts.every((part) => part.length <= 64);
}
