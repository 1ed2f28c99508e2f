import { crc64 } from '../../../runner/redis/rdb/crc64';
import type { RdbValue } from '../../../runner/redis/rdb/entry';

/*
 * RDB files put together by hand, in encodings that a Redis 7.0 reads but does not write any more,
 * and those of 7.2 and 7.4. Each has the key `k` and, behind it, the key `after`.
 */

interface OldFile {
  name: string;
  /** The first RDB version that has this encoding. */
  version: number;
  file: Buffer;
}

const bytes = (...parts: (string | number | Buffer)[]) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'number'
        ? Buffer.of(part)
        : typeof part === 'string'
          ? Buffer.from(part)
          : part,
    ),
  );
const string = (text: string | Buffer) => bytes(Buffer.byteLength(text), text);
const uint16 = (value: number) => Buffer.of(value & 0xff, value >> 8);
const uint32 = (value: number) => bytes(uint16(value & 0xffff), uint16(value >>> 16));
const time = (ms: number) => {
  const result = Buffer.alloc(8);
  result.writeBigInt64LE(BigInt(ms));
  return result;
};

function rdb(version: number, type: number, ...value: (string | number | Buffer)[]): Buffer {
  const header = `REDIS${String(version).padStart(4, '0')}`;
  const body = bytes(
    header,
    254,
    0,
    type,
    string('k'),
    ...value,
    0,
    string('after'),
    string('x'),
    255,
  );
  if (version < 5) return body;
  const checksum = Buffer.alloc(8);
  checksum.writeBigUInt64LE(crc64(body));
  return bytes(body, checksum);
}

/** @param entries as encoded: each is put after the length of the one before */
function ziplist(...entries: Buffer[]): Buffer {
  let before = 0;
  let tail = 10;
  const parts = entries.map((entry) => {
    const part = bytes(before < 254 ? before : bytes(254, uint32(before)), entry);
    tail += before;
    before = part.length;
    return part;
  });
  const body = bytes(...parts);
  return bytes(uint32(body.length + 11), uint32(tail), uint16(entries.length), body, 255);
}

function listpack(...entries: Buffer[]): Buffer {
  const body = bytes(...entries.map((entry) => bytes(entry, entry.length)));
  return bytes(uint32(body.length + 7), uint16(entries.length), body, 255);
}

/** The id 5-1. */
const idBytes = Buffer.from('00000000000000050000000000000001', 'hex');

/** A short string in a listpack. */
const packed = (text: string) => bytes(0x80 | text.length, text);
const items = (...texts: string[]): RdbValue => ({
  type: 'list',
  items: texts.map((text) => Buffer.from(text)),
});
const fields = (...pairs: [string, string][]): RdbValue => ({
  type: 'hash',
  fields: pairs.map(([field, value]) => [Buffer.from(field), Buffer.from(value)]),
});
const scores = (...pairs: [string, number][]): RdbValue => ({
  type: 'zset',
  members: pairs.map(([member, score]) => ({ member: Buffer.from(member), score })),
});
const cities = fields(['Portland', '50'], ['Seattle', '80']);
const long = 'w'.repeat(300);
const everyInteger = ziplist(
  Buffer.of(0xf1), // 0
  Buffer.of(0xfd), // 12
  bytes(0xfe, 0x80), // -128
  bytes(0xc0, uint16(0xff7f)), // -129
  bytes(0xf0, 0, 0, 0x80), // -8388608
  bytes(0xd0, uint32(0x7fffffff)),
  bytes(0xe0, time(-5_000_000_000)),
  bytes(0x40 | (long.length >> 8), long.length & 0xff, long),
  bytes(0x80, 0, 0, 1, 44, long),
  string('end'),
);
const integers = items(
  '0',
  '12',
  '-128',
  '-129',
  '-8388608',
  '2147483647',
  '-5000000000',
  long,
  long,
  'end',
);

/** The string of a packed collection that is longer than 63 bytes. */
const longString = (content: Buffer) =>
  bytes(0x40 | (content.length >> 8), content.length & 0xff, content);

const rows: [
  name: string,
  version: number,
  value: RdbValue,
  type: number,
  ...(number | Buffer)[],
][] = [
  ['an integer', 1, { type: 'string', value: Buffer.from('-2') }, 0, 0xc0, 0xfe],
  ['a plain list', 1, items('a', 'b'), 1, 2, string('a'), string('b')],
  ['a plain set', 1, { type: 'set', members: [Buffer.from('a')] }, 2, 1, string('a')],
  [
    'scores in text',
    1,
    scores(['a', -1.5], ['b', Infinity], ['c', -Infinity]),
    3,
    3,
    string('a'),
    string('-1.5'),
    string('b'),
    254,
    string('c'),
    255,
  ],
  [
    'a plain hash',
    1,
    cities,
    4,
    2,
    string('Portland'),
    string('50'),
    string('Seattle'),
    string('80'),
  ],
  [
    'a zipmap',
    2,
    cities,
    9,
    string(bytes(2, string('Portland'), 2, 0, '50', string('Seattle'), 2, 1, '80', 0, 255)),
  ],
  ['a list in a ziplist', 4, integers, 10, longString(everyInteger)],
  [
    'a sorted set in a ziplist',
    4,
    scores(['a', -2], ['b', 2.5]),
    12,
    string(ziplist(string('a'), bytes(0xfe, 0xfe), string('b'), string('2.5'))),
  ],
  [
    'a hash in a ziplist',
    4,
    cities,
    13,
    string(ziplist(string('Portland'), bytes(0xfe, 50), string('Seattle'), bytes(0xfe, 80))),
  ],
  [
    'a quicklist of ziplists',
    7,
    items('a', 'b', 'c'),
    14,
    2,
    string(ziplist(string('a'), string('b'))),
    string(ziplist(string('c'))),
  ],
  [
    'a quicklist with a plain node',
    10,
    items('a', 'b'),
    18,
    2,
    1,
    string('a'),
    2,
    string(listpack(packed('b'))),
  ],
  [
    'a set in a listpack',
    11,
    { type: 'set', members: [Buffer.from('a'), Buffer.from('7')] },
    20,
    string(listpack(packed('a'), Buffer.of(7))),
  ],
  [
    'a hash whose fields expire',
    12,
    cities,
    24,
    time(4102444800000),
    2,
    1,
    string('Portland'),
    string('50'),
    0,
    string('Seattle'),
    string('80'),
  ],
  [
    'the same before its release',
    12,
    cities,
    22,
    2,
    0,
    string('Portland'),
    string('50'),
    0,
    string('Seattle'),
    string('80'),
  ],
  [
    'a small hash whose fields expire',
    12,
    cities,
    25,
    time(4102444800000),
    string(
      listpack(
        packed('Portland'),
        Buffer.of(50),
        Buffer.of(0),
        packed('Seattle'),
        Buffer.of(80),
        bytes(0xf4, time(4102444800000)),
      ),
    ),
  ],
  [
    'the same before its release',
    12,
    cities,
    23,
    string(
      listpack(
        packed('Portland'),
        Buffer.of(50),
        Buffer.of(0),
        packed('Seattle'),
        Buffer.of(80),
        Buffer.of(0),
      ),
    ),
  ],
];

/** A node of two entries, the first of them deleted; both have the first one's fields. */
const node = bytes(
  1,
  string(idBytes),
  string(
    listpack(
      ...[1, 1, 1].map((count) => Buffer.of(count)),
      packed('n'),
      ...[0, 3, 0, 0].map((each) => Buffer.of(each)),
      packed('x'),
      ...[4, 2, 1, 0].map((each) => Buffer.of(each)),
      packed('y'),
      Buffer.of(4),
    ),
  ),
);
const consumer = (active: number) =>
  bytes(string('reader'), time(7), Buffer.alloc(active), 1, idBytes);
const group = (read: number[], active: number) =>
  bytes(1, string('group'), 2, 1, ...read, 1, idBytes, time(5), 3, 1, consumer(active));

/** @param read entries that the group was given, where the file says so */
function stream(added: bigint, maxDeletedId: bigint, read?: bigint): RdbValue {
  const id = (5n << 64n) | 1n;
  const group = {
    name: Buffer.from('group'),
    lastId: (2n << 64n) | 1n,
    pending: [{ id, deliveredAt: 5, count: 3 }],
    consumers: [{ name: Buffer.from('reader'), seenAt: 7, pending: [id] }],
  };
  const [name, ...values] = ['n', 'x', 'y'].map((text) => Buffer.from(text));
  const entries = values.map((value, at) => ({
    id: id + (BigInt(at) << 64n),
    fields: [name ?? value, value],
    deleted: at === 0,
  }));
  return {
    type: 'stream',
    nodes: [{ id, names: [name ?? Buffer.alloc(0)], entries }],
    lastId: (6n << 64n) | 1n,
    maxDeletedId,
    added,
    groups: [read === undefined ? group : { ...group, read }],
  };
}

/** Encodings and the value that each must be read as; `saved`: what Redis 7.0 makes of it. */
export const files: (OldFile & { value: RdbValue; saved?: RdbValue })[] = rows.map(
  ([name, version, value, type, ...encoded]) => ({
    name,
    version,
    value,
    file: rdb(version, type, ...encoded),
  }),
);

const moduleParts = bytes(1, 5, 2, 0x80, 0, 0, 1, 0, 3, uint32(0), 4, time(0), 5, string('s'), 0);

files.push(
  {
    name: 'a stream of Redis 5',
    version: 9,
    value: stream(1n, 0n),
    saved: stream(1n, 0n, 0n),
    file: rdb(9, 15, node, 1, 6, 1, group([], 0)),
  },
  {
    name: 'a stream of Redis 7.0',
    version: 10,
    value: stream(2n, (5n << 64n) | 1n, 1n),
    file: rdb(10, 19, node, 1, 6, 1, 6, 1, 5, 1, 2, group([1], 0)),
  },
  {
    name: 'a stream of Redis 7.2',
    version: 11,
    value: stream(2n, (5n << 64n) | 1n, 1n),
    file: rdb(11, 21, node, 1, 6, 1, 6, 1, 5, 1, 2, group([1], 8)),
  },
);

/** Files where only the key `after` remains. */
export const skipped: OldFile[] = [
  { name: "a module's value", version: 8, file: rdb(8, 7, 0x81, Buffer.alloc(8, 1), moduleParts) },
  { name: "a module's own data, a slot, a library", version: 10, file: aside() },
];

function aside(): Buffer {
  const module = bytes(247, 0x81, Buffer.alloc(8, 1), 2, 1, 5, string('s'), 0);
  const early = bytes(246, string('lib'), string('LUA'), 1, string('about'), string('code'));
  const rest = bytes(
    244,
    1,
    1,
    0,
    245,
    string('code'),
    early,
    0,
    string('after'),
    string('x'),
    255,
  );
  const body = bytes('REDIS0012', module, rest);
  return bytes(body, Buffer.alloc(8));
}
