import type { Cursor } from './cursor';
import { RdbError } from './error';

// The compact forms that small collections take, each one string of the file: see ziplist.c,
// listpack.c, intset.c and zipmap.c of Redis for their layouts.

/** The entries of a ziplist (up to Redis 6). @throws RdbError */
export function readZiplist(whole: Cursor, bytes: Buffer): Buffer[] {
  const cursor = whole.over(bytes);
  cursor.take(10); // its size, the tail's place, a count that may be too small to trust
  return entriesUntilEnd(cursor, () => {
    if (cursor.byte() === 254) cursor.take(4); // the length of the entry before
    const first = cursor.byte();
    switch (first >> 6) {
      case 0:
        return cursor.take(first & 0x3f);
      case 1:
        return cursor.take(((first & 0x3f) << 8) | cursor.byte());
      case 2:
        return cursor.take(cursor.uint32BigEndian());
    }
    const size = ziplistIntegers[first];
    if (size) return digits(cursor.int(size));
    if (first >= 0xf1 && first <= 0xfd) return digits((first & 0x0f) - 1);
    throw damaged('list');
  });
}

/** The entries of a listpack (Redis 7 and later). @throws RdbError */
export function readListpack(whole: Cursor, bytes: Buffer): Buffer[] {
  const cursor = whole.over(bytes);
  cursor.take(6); // its size and a count
  return entriesUntilEnd(cursor, () => {
    const start = cursor.position;
    const entry = listpackEntry(cursor);
    // After each entry comes its own length, for reading backwards, 7 bits a byte.
    const length = cursor.position - start;
    cursor.take(
      length < 128 ? 1 : length < 16383 ? 2 : length < 2097151 ? 3 : length < 268435455 ? 4 : 5,
    );
    return entry;
  });
}

/** The members of an intset, as decimal digits. @throws RdbError */
export function readIntset(whole: Cursor, bytes: Buffer): Buffer[] {
  const cursor = whole.over(bytes);
  const size = cursor.uint32();
  const count = cursor.uint32();
  if (![2, 4, 8].includes(size) || count * size !== cursor.remaining) throw damaged('set');
  cursor.expect(count);
  return Array.from({ length: count }, () => digits(cursor.int(size)));
}

/** The fields and values of a zipmap (up to Redis 2.4), one after the other. @throws RdbError */
export function readZipmap(whole: Cursor, bytes: Buffer): Buffer[] {
  const cursor = whole.over(bytes);
  cursor.byte(); // a count that may be too small to trust
  const entries: Buffer[] = [];
  const length = (first: number) => (first < 254 ? first : cursor.uint32());
  for (let first = cursor.byte(); first !== 255; first = cursor.byte()) {
    cursor.limits.addItems(2);
    const field = cursor.take(length(first));
    const size = length(cursor.byte());
    const unused = cursor.byte();
    entries.push(field, cursor.take(size));
    cursor.take(unused);
  }
  return entries;
}

/** How many bytes an integer takes, by the byte that announces it. */
const ziplistIntegers: Record<number, number> = { 192: 2, 208: 4, 224: 8, 240: 3, 254: 1 };
const listpackIntegers: Record<number, number> = { 241: 2, 242: 3, 243: 4, 244: 8 };

function listpackEntry(cursor: Cursor): Buffer {
  const first = cursor.byte();
  if (first < 0x80) return digits(first);
  if (first < 0xc0) return cursor.take(first & 0x3f);
  if (first < 0xe0) {
    const value = ((first & 0x1f) << 8) | cursor.byte();
    return digits(value < 4096 ? value : value - 8192);
  }
  if (first < 0xf0) return cursor.take(((first & 0x0f) << 8) | cursor.byte());
  if (first === 0xf0) return cursor.take(cursor.uint32());
  const size = listpackIntegers[first];
  if (!size) throw damaged('list');
  return digits(cursor.int(size));
}

function entriesUntilEnd(cursor: Cursor, next: () => Buffer): Buffer[] {
  const entries: Buffer[] = [];
  while (cursor.bytes[cursor.position] !== 255) {
    cursor.limits.addItems(1);
    entries.push(next());
  }
  if (cursor.remaining !== 1) throw damaged('list');
  return entries;
}

const digits = (value: number | bigint) => Buffer.from(String(value));
const damaged = (what: string) =>
  new RdbError('damaged', `has a packed ${what} that does not add up`);
