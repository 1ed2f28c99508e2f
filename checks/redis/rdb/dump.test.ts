import * as assert from 'uvu/assert';
import { type Packing, writeCompact } from '../../../runner/redis/rdb/compact-writer';
import { isWholeDump, readDump, writeDump } from '../../../runner/redis/rdb/dump';
import type { RdbValue } from '../../../runner/redis/rdb/entry';
import { RdbError } from '../../../runner/redis/rdb/error';
import { lzfDecompress } from '../../../runner/redis/rdb/lzf';
import { lzfCompress } from '../../../runner/redis/rdb/lzf-writer';
import { suite } from '../../support/suite';
import { Random } from '../../tools/comparison/random';

const dump = suite('dump');
const random = new Random(1);

dump('what LZF packs, it unfolds again', () => {
  let smaller = 0;
  for (let round = 0; round < 2000; round += 1) {
    const bytes = someBytes(random.below(round % 10 === 0 ? 20_000 : 300));
    const packed = lzfCompress(bytes, bytes.length - 4);
    if (!packed) continue;
    smaller += 1;
    assert.ok(packed.length <= bytes.length - 4);
    assert.ok(lzfDecompress(packed, bytes.length).equals(bytes), bytes.toString('hex'));
  }
  assert.ok(smaller > 500);
});

dump('every value reads back, packed or not, however large the nodes of lists', () => {
  for (const [value, packing] of written()) {
    const bytes = writeDump(writeCompact(value, packing, String));
    assert.ok(isWholeDump(bytes));
    assert.equal(sorted(readDump(bytes)), sorted(value));
  }
});

dump('bytes that are not what they were are no whole dump', () => {
  const [value] = values();
  if (!value) throw new Error('there is a value');
  const bytes = writeDump(writeCompact(value, { packed: true, listSize: -2 }, String));
  for (const at of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.not(isWholeDump(changed), String(at));
  }
  assert.not(isWholeDump(bytes.subarray(0, -1)));
  assert.not(isWholeDump(Buffer.alloc(0)));
});

dump('five thousand mutated dumps give a value or a named fault', () => {
  const whole = written().map(([value, packing]) => writeCompact(value, packing, String));
  let refused = 0;
  for (let round = 0; round < 5000; round += 1) {
    const bytes = Buffer.from(random.pick(whole));
    for (let changes = 0; changes <= random.below(4); changes += 1) {
      bytes[random.below(bytes.length)] = random.below(256);
    }
    try {
      readDump(writeDump(bytes.subarray(0, bytes.length - random.below(3))));
    } catch (error) {
      assert.instance(error, RdbError);
      refused += 1;
    }
  }
  assert.ok(refused > 500);
});

dump.run();

function packings(): Packing[] {
  return [-5, -2, 0, 3].flatMap((listSize) =>
    [true, false].map((packed) => ({ packed, listSize })),
  );
}

function values(): RdbValue[] {
  const words = ['a', '', '12', '-70000', '9223372036854775807', 'x'.repeat(5000), '\x00\xff\r\n'];
  const bytes = words.map((word) => Buffer.from(word, 'latin1'));
  return [
    ...bytes.map((value): RdbValue => ({ type: 'string', value })),
    { type: 'list', items: [...bytes, ...bytes, ...bytes] },
    { type: 'set', members: bytes },
    { type: 'set', members: ['5', '-1', '70000', '-3000000000'].map((one) => Buffer.from(one)) },
    { type: 'hash', fields: bytes.map((word) => [word, Buffer.from('value')]) },
    {
      type: 'zset',
      members: bytes.map((member, at) => ({ member, score: at === 0 ? -Infinity : at / 4 })),
    },
  ];
}

/** Each value in each form that it can take: a set of texts cannot be one of packed integers. */
function written(): [RdbValue, Packing][] {
  return values().flatMap((value) => {
    const isOfTexts =
      value.type === 'set' && value.members.some((one) => !/^-?\d+$/.test(`${one}`));
    const forms = packings().filter(({ packed }) => !packed || !isOfTexts);
    return forms.map((packing): [RdbValue, Packing] => [value, packing]);
  });
}

/** Sets have no order, and those with scores come in either. */
function sorted(value: RdbValue): RdbValue {
  if (value.type === 'set')
    return { type: 'set', members: [...value.members].sort(Buffer.compare) };
  if (value.type !== 'zset') return value;
  return { type: 'zset', members: [...value.members].sort((a, b) => (a.score < b.score ? -1 : 1)) };
}

/** Few different bytes, so that there is something to refer back to. */
function someBytes(length: number): Buffer {
  const letters = 1 + random.below(random.chance(50) ? 4 : 256);
  return Buffer.from(Array.from({ length }, () => random.below(letters)));
}
