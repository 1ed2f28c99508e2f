import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Command, openConnection } from '../../../runner/redis/connection';
import { embeddedRedis } from '../../../runner/redis/embedded/server/source';
import { installedServer } from '../../../runner/redis/find';
import { RedisReplyError } from '../../../runner/redis/protocol/resp';
import { crc64 } from '../../../runner/redis/rdb/crc64';
import type { RdbEntry, RdbValue } from '../../../runner/redis/rdb/entry';
import { RdbError, type RdbFault } from '../../../runner/redis/rdb/error';
import { readRdb, readRdbFile } from '../../../runner/redis/rdb/reader';
import { writeRdb } from '../../../runner/redis/rdb/writer';
import { privateServer } from '../../../runner/redis/server/private-server';
import { howToInstall } from '../../support/installed';
import { suite } from '../../support/suite';
import { dumpFile, makeDump } from '../../tools/make-dump';
import * as old from './old-encodings';

const test = suite('rdb');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const inFolder = (name: string) => path.join(folder, name);
const bytes = (text: string) => Buffer.from(text, 'latin1');

const libraries = [library('one'), library('two')];

test.after(() => rmSync(folder, { recursive: true }));

test('the checksum is CRC-64/Jones', () => {
  assert.equal(crc64(bytes('123456789')), 0xe9c6d914c4b8d9can);
});

test('dump.rdb is what its script makes, version 9, and holds Holberton: School', () => {
  const dump = readFileSync(dumpFile);
  assert.deepEqual(dump, makeDump());
  assert.equal(dump.toString('latin1', 0, 9), 'REDIS0009');
  assert.deepEqual(readRdb(dump), [
    { db: 0, key: bytes('Holberton'), value: { type: 'string', value: bytes('School') } },
  ]);
});

test('what the writer writes is read back', () => {
  assert.deepEqual(readRdb(writeRdb(everyType)), everyType);
});

test('functions are written before the keys, in version 10, and read back', () => {
  const file = writeRdb(everyType, libraries);
  assert.equal(file.toString('latin1', 0, 9), 'REDIS0010');
  assert.deepEqual(readRdbFile(file), { entries: everyType, libraries });
  assert.deepEqual(readRdbFile(writeRdb([])), { entries: [], libraries: [] });
});

test('empty collections are left out, NaN is refused', () => {
  const empty: RdbValue = { type: 'list', items: [] };
  assert.deepEqual(readRdb(writeRdb([{ db: 0, key: bytes('k'), value: empty }])), []);
  const members = [{ member: bytes('m'), score: Number.NaN }];
  const wrong: RdbEntry = { db: 0, key: bytes('k'), value: { type: 'zset', members } };
  assert.throws(() => writeRdb([wrong]), RangeError);
});

test('the encodings of other Redis versions are read', () => {
  for (const { name, file, value } of old.files) {
    const [entry, ...more] = readRdb(file);
    assert.deepEqual(entry?.value, value, name);
    assert.equal(entry?.key.toString(), 'k', name);
    assert.deepEqual(
      more.map((next) => next.key.toString()),
      ['after'],
      name,
    );
  }
});

test('what is not ours to read is read past', () => {
  for (const { name, file } of old.skipped) {
    assert.deepEqual(
      readRdb(file).map((entry) => entry.key.toString()),
      ['after'],
      name,
    );
  }
});

test('a fault is named', () => {
  const good = writeRdb(everyType);
  const expectFault = (file: Buffer, reason: RdbFault, name: string = reason) => {
    assert.throws(
      () => readRdb(file),
      (error) => error instanceof RdbError && error.reason === reason,
      name,
    );
  };
  expectFault(Buffer.alloc(0), 'empty');
  expectFault(bytes('Holberton School\n'), 'text');
  expectFault(Buffer.from('é'.repeat(4000)), 'text', 'cut inside a character');
  expectFault(bytes('REDI'), 'truncated');
  expectFault(bytes('\x7fELF\x02\x01\x01\0\0'), 'not-rdb');
  expectFault(bytes('*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n'), 'not-rdb', 'an append-only file');
  expectFault(good.subarray(0, good.length - 3), 'truncated');
  const changed = Buffer.from(good);
  changed[changed.indexOf('plain')] = 0x50;
  expectFault(changed, 'checksum');
  expectFault(Buffer.from(good.toString('utf8')), 'corrupted-by-text-conversion', 'UTF-8');
  expectFault(Buffer.from(good.toString('latin1')), 'corrupted-by-text-conversion', 'Latin-1');
  const windows = new TextDecoder('windows-1252').decode(good);
  expectFault(Buffer.from(windows), 'corrupted-by-text-conversion', 'Windows-1252');
  const facts = bytes('REDIS0010?\tredis-ver\x067.0.15?');
  expectFault(facts, 'corrupted-by-text-conversion', 'a question mark for what is no ASCII');
  const crlf = bytes(good.toString('latin1').replaceAll('\n', '\r\n'));
  expectFault(crlf, 'corrupted-by-text-conversion', 'CRLF');
  const marked = Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), good]);
  expectFault(marked, 'corrupted-by-text-conversion', 'byte order mark');
  expectFault(Buffer.from(good.toString('latin1'), 'utf16le'), 'corrupted-by-text-conversion');
  expectFault(bytes('REDIS0013\xf0\0\0'), 'version');
  expectFault(bytes('REDIS0009\xf0\0\0'), 'damaged');
  expectFault(bytes('REDIS0009\x06\x01k\0'), 'unsupported', 'a value of an old module');
  // A list of four thousand million items; a string said to unfold to a gigabyte.
  expectFault(bytes('REDIS0009\x01\x01k\x80\xff\xff\xff\xff'), 'truncated');
  expectFault(bytes('REDIS0009\0\x01k\xc3\x01\x80\x40\0\0\0\0'), 'too-big');
});

test('thousands of damaged files give an RdbError or keys, and nothing else', () => {
  const random = randomBy(20);
  const short = everyType.filter((entry) => entry.key.toString() !== 'long');
  const seeds = [writeRdb(short), ...[...old.files, ...old.skipped].map(({ file }) => file)];
  for (let round = 0; round < 5_000; round++) {
    const seed = seeds[round % seeds.length] ?? Buffer.alloc(0);
    const file = damage(seed, random);
    try {
      readRdb(file);
    } catch (error) {
      assert.ok(error instanceof RdbError, `${file.toString('hex')}: ${error}`);
    }
  }
});

async function withRealServer() {
  const installed = await installedServer();
  if (!installed) {
    return test.skip('files of a real redis-server', howToInstall('redis-server'));
  }
  const source = privateServer(installed.executable, installed.version);

  /** Lets redis-server load a file, or start empty, run commands and save. @returns what it saved */
  async function rewrite(name: string, commands: Command[]): Promise<Buffer> {
    const redis = await source.open({ rdb: inFolder(name) });
    try {
      const connection = await openConnection(redis);
      const replies = await connection.sendAll([...commands, ['SAVE']]);
      await connection.close();
      const refused = replies.find((reply) => reply instanceof RedisReplyError);
      assert.equal(refused, undefined);
      return readFileSync(inFolder(name));
    } finally {
      await redis.close();
    }
  }

  test('redis-check-rdb accepts dump.rdb and a file with every type', () => {
    writeFileSync(inFolder('every.rdb'), writeRdb(everyType));
    const judge = path.join(path.dirname(installed.executable), 'redis-check-rdb');
    for (const file of [dumpFile, inFolder('every.rdb')]) {
      assert.match(execFileSync(judge, [file], { encoding: 'utf8' }), /RDB looks OK/);
    }
  });

  test('redis-server loads dump.rdb', async () => {
    writeFileSync(inFolder('dump.rdb'), readFileSync(dumpFile));
    const redis = await source.open({ rdb: inFolder('dump.rdb') });
    const connection = await openConnection(redis);
    assert.equal(String(await connection.send('GET', 'Holberton')), 'School');
    await connection.close();
    await redis.close();
  });

  test('redis-server loads what the writer writes, and saves the same again', async () => {
    writeFileSync(inFolder('round.rdb'), writeRdb(everyType));
    assert.deepEqual(sorted(readRdb(await rewrite('round.rdb', []))), sorted(everyType));
  });

  test('functions go to redis-server and come back', async () => {
    writeFileSync(inFolder('functions.rdb'), writeRdb(everyType, libraries));
    const judge = path.join(path.dirname(installed.executable), 'redis-check-rdb');
    assert.match(
      execFileSync(judge, [inFolder('functions.rdb')], { encoding: 'utf8' }),
      /RDB looks OK/,
    );
    const third = library('third');
    const saved = readRdbFile(
      await rewrite('functions.rdb', [
        ['FCALL', 'one', '0'],
        ['FUNCTION', 'LOAD', third],
      ]),
    );
    assert.deepEqual(sorted(saved.entries), sorted(everyType));
    assert.deepEqual(
      saved.libraries.toSorted(Buffer.compare),
      [...libraries, third].toSorted(Buffer.compare),
    );
  });

  test('functions go from redis-server to the embedded Redis and back', async () => {
    const file = inFolder('handed.rdb');
    const embedded = embeddedRedis();
    await rewrite('handed.rdb', [
      ['FUNCTION', 'LOAD', library('one')],
      ['FUNCTION', 'LOAD', library('long', `-- ${'x'.repeat(20_000)}`)],
    ]);
    const redis = await embedded.open({ rdb: file });
    const connection = await openConnection(redis);
    assert.equal(String(await connection.send('FCALL', 'one', '0')), 'one');
    assert.equal(String(await connection.send('FUNCTION', 'LOAD', library('two'))), 'two');
    assert.equal(String(await connection.send('FUNCTION', 'DELETE', 'long')), 'OK');
    assert.equal(String(await connection.send('SAVE')), 'OK');
    await connection.close();
    await redis.close();
    const saved = readRdbFile(await rewrite('handed.rdb', [['FCALL', 'two', '0']]));
    assert.deepEqual(saved.libraries.toSorted(Buffer.compare), libraries);
  });

  test('redis-server agrees about the encodings of older versions', async () => {
    const known = old.files.filter(({ version }) => version <= 10);
    await Promise.all(
      known.map(async ({ name, file, value, saved = value }, at) => {
        writeFileSync(inFolder(`old${at}.rdb`), file);
        const entries = readRdb(await rewrite(`old${at}.rdb`, []));
        const entry = entries.filter(({ key }) => key.toString() === 'k');
        assert.deepEqual(sorted(entry), sorted([{ db: 0, key: bytes('k'), value: saved }]), name);
      }),
    );
  });

  for (const policy of ['noeviction', 'allkeys-lru', 'allkeys-lfu']) {
    for (const compression of ['yes', 'no']) {
      test(`what redis-server saves is read (${policy}, compression ${compression})`, async () => {
        const file = await rewrite(`${policy}-${compression}.rdb`, [
          ['CONFIG', 'SET', 'maxmemory-policy', policy, 'rdbcompression', compression],
          ...filling,
        ]);
        assert.deepEqual(sorted(readRdb(file)), sorted(filled));
      });
    }
  }

  test('a real file damaged in a thousand ways does no harm', async () => {
    const file = readFileSync(inFolder('allkeys-lru-yes.rdb'));
    const random = randomBy(21);
    for (let round = 0; round < 1000; round++) {
      try {
        readRdb(damage(file, random));
      } catch (error) {
        assert.ok(error instanceof RdbError, String(error));
      }
    }
  });
}

/** A library of one function of the same name, which returns it. */
function library(name: string, comment = ''): Buffer {
  return bytes(
    `#!lua name=${name}\nredis.register_function('${name}', function() return '${name}' end)${comment}`,
  );
}

/** Keys, members and fields in an order of their own: Redis keeps them in none. */
function sorted(entries: RdbEntry[]): RdbEntry[] {
  const bySize = (a: Buffer, b: Buffer) => Buffer.compare(a, b);
  return entries
    .map((entry): RdbEntry => {
      const { value } = entry;
      if (value.type === 'set') value.members.sort(bySize);
      if (value.type === 'zset') value.members.sort((a, b) => bySize(a.member, b.member));
      if (value.type === 'hash') value.fields.sort((a, b) => bySize(a[0], b[0]));
      return entry;
    })
    .sort((a, b) => a.db - b.db || bySize(a.key, b.key));
}

/** Some bytes changed, removed, doubled or put in, the end cut off, or its text "repaired". */
function damage(file: Buffer, random: (below: number) => number): Buffer {
  let result = Buffer.from(file);
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(result.length);
    const kind = random(12);
    if (kind === 0) result = result.subarray(0, at);
    else if (kind === 1) result = Buffer.from(result.toString('utf8'));
    else if (kind === 2) result = bytes(result.toString('latin1').replaceAll('\n', '\r\n'));
    else if (kind === 3)
      result = Buffer.concat([result.subarray(0, at), result.subarray(at + 1 + random(8))]);
    else if (kind === 4)
      result = Buffer.concat([result.subarray(0, at), result.subarray(random(at + 1))]);
    else result[at] = kind < 8 ? random(256) : (interesting[random(interesting.length)] ?? 0);
    if (result.length === 0) break;
  }
  return result;
}

const interesting = [
  0, 1, 2, 3, 5, 0x3f, 0x40, 0x7f, 0x80, 0x81, 0xc0, 0xc3, 0xf0, 0xf7, 0xfe, 0xff,
];

/** The same numbers each time (mulberry32). */
function randomBy(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at));
const binary = Buffer.from(Array.from({ length: 300 }, (_, at) => at & 0xff));
const later = Date.UTC(2999, 0, 1, 0, 0, 0, 123);
const string = (value: string | Buffer): RdbValue => ({
  type: 'string',
  value: Buffer.from(value),
});

const everyType: RdbEntry[] = [
  { db: 0, key: bytes('plain'), value: string('text\nof two lines') },
  { db: 0, key: bytes('empty'), value: string('') },
  { db: 0, key: binary, value: string(binary) },
  { db: 0, key: bytes('long'), value: string('x'.repeat(70_000)) },
  { db: 0, key: bytes('soon'), value: string('gone'), expiresAt: later },
  { db: 0, key: bytes('list'), value: { type: 'list', items: [bytes('b'), bytes('a'), binary] } },
  { db: 0, key: bytes('set'), value: { type: 'set', members: [bytes('m'), binary] } },
  {
    db: 3,
    key: bytes('hash'),
    value: { type: 'hash', fields: [[bytes('Portland'), bytes('50')]] },
  },
  {
    db: 12,
    key: bytes('zset'),
    value: {
      type: 'zset',
      members: [
        { member: bytes('02|10'), score: -1.5 },
        { member: bytes('least'), score: -Infinity },
        { member: bytes('most'), score: Infinity },
        { member: bytes('small'), score: 5e-324 },
      ],
    },
  },
  { db: 12, key: bytes('stream'), value: aStream() },
];

/** A hundred entries with numbers of all sizes, some deleted, and a group that has read them. */
function aStream(): RdbValue {
  const id = (7n << 64n) | 5n;
  const entries = Array.from({ length: 100 }, (_, at) => {
    const numbers = [(-3n) ** BigInt(at % 40), 2n ** BigInt(at % 63), 2n ** BigInt(at)];
    const fields = at % 3 === 2 ? numbers : [`f${at % 3}`, numbers[at % 3]];
    const words = fields.length % 2 === 1 ? [...fields, 'x'.repeat(at * 50)] : fields;
    return {
      id: id + (BigInt(at) << 64n) - BigInt(at % 5),
      fields: words.map((word) => bytes(String(word))),
      deleted: at % 7 === 1,
    };
  });
  const pending = entries.slice(0, 3).map(({ id }, at) => ({
    id,
    deliveredAt: 1_700_000_000_000 + at,
    count: at + 1,
  }));
  const ids = pending.map(({ id }) => id);
  const consumers = [
    { name: bytes('one'), seenAt: 1_700_000_000_000, pending: ids.slice(0, 2) },
    { name: binary, seenAt: 1_700_000_000_001, pending: ids.slice(2) },
  ].sort((a, b) => Buffer.compare(a.name, b.name));
  const lastId = entries.at(-1)?.id ?? id;
  const group = { name: bytes('group'), lastId: ids[2] ?? id, read: 3n, pending, consumers };
  const other = { name: bytes('unread'), lastId: 0n, read: null, pending: [], consumers: [] };
  const node = { id, names: [bytes('f0')], entries };
  const maxDeletedId = entries.findLast(({ deleted }) => deleted)?.id ?? 0n;
  return {
    type: 'stream',
    nodes: [node],
    lastId,
    maxDeletedId,
    added: 2n ** 40n,
    groups: [group, other],
  };
}

/** Every encoding that a Redis 7 chooses by itself, and what must be read. */
const filling: Command[] = [
  ...[
    '0',
    '-1',
    '127',
    '-129',
    '32768',
    '2147483647',
    '-2147483648',
    '2147483648',
    '007',
    '1.5',
  ].map((value, at) => ['SET', `number${at}`, value]),
  ['SET', 'folded', 'abc'.repeat(5000)],
  ['SET', 'binary', binary],
  ['SET', 'soon', 'x', 'PXAT', String(later)],
  [
    'RPUSH',
    'list',
    'a',
    '1',
    '-1',
    '4095',
    '-4097',
    '70000',
    '-9000000',
    '5000000000',
    'é'.repeat(40),
    binary,
  ],
  ['RPUSH', 'longlist', ...numbers(5000)],
  ['RPUSH', 'widelist', 'y'.repeat(9000), 'z'.repeat(20_000)],
  ['SADD', 'ints', '1', '-2', '30000'],
  ['SADD', 'ints32', '1', '-70000'],
  ['SADD', 'ints64', '1', '-5000000000'],
  ['SADD', 'words', 'a', 'b', binary],
  ['SADD', 'manywords', ...numbers(600), 'x'],
  ['HSET', 'hash', 'Portland', '50', 'Seattle', '80'],
  ['HSET', 'bighash', ...numbers(600).flatMap((field) => [field, `v${field}`])],
  ['ZADD', 'zset', '-1.5', '02|10', '3', 'b', '-inf', 'c', 'inf', 'd', '1e300', 'e', '0.1', 'f'],
  ['ZADD', 'bigzset', ...numbers(600).flatMap((score) => [`${score}.5`, `m${score}`])],
  ['FUNCTION', 'LOAD', "#!lua name=sums\nredis.register_function('f', function() return 1 end)"],
  ['SELECT', '5'],
  ['SET', 'other', 'database'],
  ['SELECT', '0'],
];

/** Read off the commands above. */
const filled: RdbEntry[] = filling.flatMap((command): RdbEntry[] => {
  const [name, key, ...rest] = command.map((word) => Buffer.from(word));
  const found = valueAfter(name?.toString() ?? '', rest);
  if (!key || !found) return [];
  const entry: RdbEntry = { db: key.toString() === 'other' ? 5 : 0, key, value: found };
  return [rest[1]?.toString() === 'PXAT' ? { ...entry, expiresAt: later } : entry];
});

function valueAfter(command: string, rest: Buffer[]): RdbValue | undefined {
  const pairs = rest
    .filter((_, at) => at % 2 === 0)
    .map((first, at): [Buffer, Buffer] => [first, rest[at * 2 + 1] ?? first]);
  switch (command) {
    case 'SET':
      return string(rest[0] ?? '');
    case 'RPUSH':
      return { type: 'list', items: rest };
    case 'SADD':
      return { type: 'set', members: rest };
    case 'HSET':
      return { type: 'hash', fields: pairs };
    case 'ZADD':
      return {
        type: 'zset',
        members: pairs.map(([score, member]) => ({ member, score: scoreOf(score) })),
      };
    default:
      return undefined;
  }
}

function scoreOf(digits: Buffer): number {
  return Number(digits.toString().replace('inf', 'Infinity'));
}

withRealServer().then(() => test.run());
