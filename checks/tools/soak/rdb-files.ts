import { RdbError } from '../../../runner/redis/rdb/error';
import { readRdb } from '../../../runner/redis/rdb/reader';
import { files, skipped } from '../../redis/rdb/old-encodings';
import type { Random } from '../comparison/random';
import { randomDump } from './rdb-data';

/** ms in which a file of this size must have been read or refused. */
const PATIENCE = 2_000;

/** What the mutated files came to. */
export interface FileResult {
  readonly files: number;
  /** Files that still gave keys. */
  readonly read: number;
  /** Files by what they were found to be, such as `truncated`. */
  readonly refused: ReadonlyMap<string, number>;
  readonly longest: number;
  readonly faults: string[];
}

/** Reads so many mutated RDB files. What a file brings must be keys, or an RdbError. */
export function readMutatedFiles(random: Random, count: number): FileResult {
  const refused = new Map<string, number>();
  const faults: string[] = [];
  const old = [...files, ...skipped].map(({ file }) => file);
  let read = 0;
  let longest = 0;
  for (let round = 0; round < count && faults.length < 10; round += 1) {
    const seed = random.chance(60) ? random.pick(old) : randomDump(random);
    const file = mutate(seed, random);
    const start = performance.now();
    try {
      readRdb(file);
      read += 1;
    } catch (error) {
      if (error instanceof RdbError)
        refused.set(error.reason, (refused.get(error.reason) ?? 0) + 1);
      else faults.push(`${error}: ${file.toString('base64')}`);
    }
    const ms = performance.now() - start;
    longest = Math.max(longest, ms);
    if (ms > PATIENCE) faults.push(`${ms.toFixed(0)} ms: ${file.toString('base64')}`);
  }
  return { files: count, read, refused, longest, faults };
}

/** Bits flipped, bytes put in, lost, doubled, the end cut off, and lengths blown up. */
function mutate(file: Buffer, random: Random): Buffer {
  let result = Buffer.from(file);
  for (let count = 1 + random.below(4); count > 0 && result.length > 0; count -= 1) {
    const at = random.below(result.length);
    const [before, after] = [result.subarray(0, at), result.subarray(at)];
    const some = Buffer.from(random.bytes(1 + random.below(12)), 'latin1');
    switch (random.below(7)) {
      case 0:
        result[at] = (result[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 1:
        result[at] = random.below(256);
        break;
      case 2:
        result = Buffer.concat([before, some, after]);
        break;
      case 3:
        result = Buffer.concat([before, after.subarray(some.length)]);
        break;
      case 4:
        result = Buffer.concat([before, result.subarray(random.below(at + 1))]);
        break;
      case 5:
        result = Buffer.from(before);
        break;
      default:
        result = Buffer.concat([before, random.pick(LENGTHS), after.subarray(1)]);
    }
  }
  return result;
}

/** Lengths of 6, 14, 32 and 64 bits, and the heads of numbers and of compressed strings. */
const LENGTHS = [
  '3f',
  '7fff',
  '80ffffffff',
  '8000ffffff',
  '8001000000',
  '81ffffffffffffffff',
  '8100000001ffffffff',
  'c0',
  'c2',
  'c3',
  'c3018040000000',
  'fe',
].map((digits) => Buffer.from(digits, 'hex'));
