const MULTIPLIER = 0xc6a4a7935bd1e995n;
const SHIFT = 47n;
/** Redis's own; another one would put each element into another register. */
const SEED = 0xadc83b19n;

const wrap = (value: bigint) => BigInt.asUintN(64, value);

/**
 * MurmurHash64A, which Austin Appleby published into the public domain.
 * @param text a character a byte
 * @returns 64 bits
 */
export function hash(text: string): bigint {
  const bytes = Buffer.from(text, 'latin1');
  const whole = bytes.length - (bytes.length % 8);
  let state = SEED ^ wrap(BigInt(bytes.length) * MULTIPLIER);
  for (let at = 0; at < whole; at += 8) {
    const scaled = wrap(bytes.readBigUInt64LE(at) * MULTIPLIER);
    state ^= wrap((scaled ^ (scaled >> SHIFT)) * MULTIPLIER);
    state = wrap(state * MULTIPLIER);
  }
  if (whole < bytes.length) {
    const rest = Buffer.alloc(8);
    bytes.copy(rest, 0, whole);
    state = wrap((state ^ rest.readBigUInt64LE()) * MULTIPLIER);
  }
  state = wrap((state ^ (state >> SHIFT)) * MULTIPLIER);
  return state ^ (state >> SHIFT);
}
