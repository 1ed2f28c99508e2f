import { hash } from './hash';

/** An element falls into one of so many registers, by the lowest 14 bits of its hash. */
export const REGISTERS = 16384;
/** The other bits of a hash. */
export const HASH_BITS = 50;

/** What an element says: its register is to hold at least this rank, from 1 to 51. */
export interface Observation {
  readonly register: number;
  readonly rank: number;
}

/** @param element a character a byte */
export function observe(element: string): Observation {
  const bits = hash(element);
  const register = Number(bits & BigInt(REGISTERS - 1));
  let rank = 1;
  for (let rest = bits >> 14n; (rest & 1n) === 0n && rank <= HASH_BITS; rest >>= 1n) rank += 1;
  return { register, rank };
}

/**
 * How many different elements were seen, by Otmar Ertl's "New cardinality estimation algorithms for
 * HyperLogLog sketches" (arXiv:1702.01284, algorithm 6).
 * @param histogram how many registers hold each rank, from 0 on
 */
export function estimate(histogram: readonly number[]): number {
  const share = (rank: number) => (histogram[rank] ?? 0) / REGISTERS;
  let sum = REGISTERS * tau(1 - share(HASH_BITS + 1));
  for (let rank = HASH_BITS; rank >= 1; rank -= 1) sum = (sum + (histogram[rank] ?? 0)) / 2;
  sum += REGISTERS * sigma(share(0));
  return Math.round((REGISTERS * REGISTERS) / (2 * Math.LN2) / sum);
}

function sigma(share: number): number {
  if (share === 1) return Infinity;
  let [power, factor, sum, before] = [share, 1, share, Number.NaN];
  while (sum !== before) {
    before = sum;
    power *= power;
    sum += power * factor;
    factor *= 2;
  }
  return sum;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [root, factor, sum, before] = [share, 1, 1 - share, Number.NaN];
  while (sum !== before) {
    before = sum;
    root = Math.sqrt(root);
    factor /= 2;
    sum -= (1 - root) ** 2 * factor;
  }
  return sum / 3;
}
