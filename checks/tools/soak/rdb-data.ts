import type { RdbEntry, RdbValue } from '../../../runner/redis/rdb/entry';
import { writeRdb } from '../../../runner/redis/rdb/writer';
import type { Random } from '../comparison/random';

const FAR = 4_000_000_000_000;
const MANY = [1, 2, 5, 20, 63, 64, 300];

/** Keys of every type with random bytes in them; each key, member and field once. */
export function randomEntries(random: Random): RdbEntry[] {
  const entries = new Map<string, RdbEntry>();
  for (const text of random.several(1, 30, () => random.bytes(random.below(20)))) {
    const db = random.below(4);
    const entry: RdbEntry = { db, key: bytes(text), value: randomValue(random) };
    const timed = random.chance(20) && { expiresAt: FAR + random.below(1_000_000) };
    entries.set(`${db}:${text}`, { ...entry, ...timed });
  }
  return [...entries.values()];
}

/** The same, as SAVE writes it. */
export function randomDump(random: Random): Buffer {
  return writeRdb(randomEntries(random));
}

function randomValue(random: Random): RdbValue {
  const texts = () => [...new Set(random.several(1, random.pick(MANY), () => randomText(random)))];
  switch (random.below(5)) {
    case 0:
      return { type: 'string', value: bytes(randomText(random)) };
    case 1:
      return { type: 'list', items: texts().map(bytes) };
    case 2:
      return { type: 'set', members: texts().map(bytes) };
    case 3:
      return {
        type: 'hash',
        fields: texts().map((field): [Buffer, Buffer] => [bytes(field), bytes(randomText(random))]),
      };
    default:
      return {
        type: 'zset',
        members: texts().map((member) => ({ member: bytes(member), score: randomScore(random) })),
      };
  }
}

function randomText(random: Random): string {
  switch (random.below(5)) {
    case 0:
      return String(random.below(2 ** 32) - 2 ** 31);
    case 1:
      return 'ab'.repeat(random.below(200));
    default:
      return random.bytes(random.chance(3) ? random.below(20_000) : random.below(40));
  }
}

function randomScore(random: Random): number {
  const whole = random.below(2000) - 1000;
  return random.pick([whole, whole / 8, whole * 1e300, Infinity, -Infinity, 5e-324, 0.1]);
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
