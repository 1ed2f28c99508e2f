import type { Cursor } from './cursor';
import { parseDouble, readLength, readString, readTextDouble } from './encoding';
import type { RdbValue, ScoredMember } from './entry';
import { RdbError } from './error';
import { readIntset, readListpack, readZiplist, readZipmap } from './packed';
import { skipModule } from './skip';
import { readStream } from './stream';

/**
 * Reads one value. The type numbers are those of rdb.h in Redis.
 * @returns null for a module's value, which is read past
 * @throws RdbError
 */
export function readValue(cursor: Cursor, type: number): RdbValue | null {
  switch (type) {
    case 0:
      return { type: 'string', value: readString(cursor) };
    case 1:
      return { type: 'list', items: strings(cursor, 1) };
    case 10:
      return { type: 'list', items: readZiplist(cursor, readString(cursor)) };
    case 14:
      return { type: 'list', items: nodes(cursor, () => readZiplist(cursor, readString(cursor))) };
    case 18:
      return { type: 'list', items: nodes(cursor, () => quicklistNode(cursor)) };
    case 2:
      return { type: 'set', members: strings(cursor, 1) };
    case 11:
      return { type: 'set', members: readIntset(cursor, readString(cursor)) };
    case 20:
      return { type: 'set', members: readListpack(cursor, readString(cursor)) };
    case 3:
      return { type: 'zset', members: scored(cursor, readTextDouble) };
    case 5:
      return { type: 'zset', members: scored(cursor, () => cursor.double()) };
    case 12:
      return { type: 'zset', members: scoredPairs(readZiplist(cursor, readString(cursor))) };
    case 17:
      return { type: 'zset', members: scoredPairs(readListpack(cursor, readString(cursor))) };
    case 4:
      return { type: 'hash', fields: groups(strings(cursor, 2), 2) };
    case 9:
      return { type: 'hash', fields: groups(readZipmap(cursor, readString(cursor)), 2) };
    case 13:
      return { type: 'hash', fields: groups(readZiplist(cursor, readString(cursor)), 2) };
    case 16:
      return { type: 'hash', fields: groups(readListpack(cursor, readString(cursor)), 2) };
    case 22:
    case 24:
      return { type: 'hash', fields: fieldsWithExpiry(cursor, type === 24) };
    case 23:
    case 25:
      if (type === 25) cursor.take(8); // when the first field expires
      return { type: 'hash', fields: groups(readListpack(cursor, readString(cursor)), 3) };
    case 15:
    case 19:
    case 21:
      return readStream(cursor, type);
    case 7:
      skipModule(cursor);
      return null;
    case 6:
      throw new RdbError('unsupported', 'holds a value of an old module, which hides the rest');
    default:
      throw new RdbError('damaged', `has a value of type ${type}, which does not exist`);
  }
}

/** A count, then that many times `each` strings. */
function strings(cursor: Cursor, each: number): Buffer[] {
  const count = cursor.expect(readLength(cursor) * each);
  return Array.from({ length: count }, () => readString(cursor));
}

function nodes(cursor: Cursor, read: () => Buffer[]): Buffer[] {
  const count = cursor.expect(readLength(cursor));
  return Array.from({ length: count }, read).flat();
}

/** A node of a quicklist is one long item or a listpack of short ones. */
function quicklistNode(cursor: Cursor): Buffer[] {
  const container = readLength(cursor);
  if (container === 1) return [readString(cursor)];
  if (container === 2) return readListpack(cursor, readString(cursor));
  throw new RdbError('damaged', 'has a list in a container that does not exist');
}

function scored(cursor: Cursor, readScore: (cursor: Cursor) => number): ScoredMember[] {
  const count = cursor.expect(readLength(cursor));
  return Array.from({ length: count }, () => {
    const member = readString(cursor);
    return scoredMember(member, readScore(cursor));
  });
}

function scoredPairs(entries: Buffer[]): ScoredMember[] {
  return groups(entries, 2).map(([member, score]) => scoredMember(member, parseDouble(score)));
}

function scoredMember(member: Buffer, score: number): ScoredMember {
  if (Number.isNaN(score)) throw new RdbError('damaged', 'has a score that is not a number');
  return { member, score };
}

/** Hashes of Redis 7.4 whose fields can expire: each field is preceded by its time. */
function fieldsWithExpiry(cursor: Cursor, relative: boolean): [Buffer, Buffer][] {
  if (relative) cursor.take(8); // the earliest time, to which the others relate
  const count = cursor.expect(readLength(cursor));
  return Array.from({ length: count }, () => {
    readLength(cursor);
    const field = readString(cursor);
    return [field, readString(cursor)];
  });
}

/** The first two of every `size` entries. */
function groups(entries: Buffer[], size: 2 | 3): [Buffer, Buffer][] {
  const result: [Buffer, Buffer][] = [];
  if (entries.length % size !== 0) throw new RdbError('damaged', 'has a field without its value');
  for (let at = 0; at < entries.length; at += size) {
    const [first, second] = entries.slice(at, at + 2);
    if (first && second) result.push([first, second]);
  }
  return result;
}
