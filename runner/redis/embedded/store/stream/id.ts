/**
 * The id of a stream's entry as one number: the ms since 1970 in the upper 64 bits, and in the lower
 * 64 the entry's number within that ms. So ids compare, and the next one is one more.
 */
export type StreamId = bigint;

/** The largest number that either half holds. */
export const MAX_HALF = 2n ** 64n - 1n;
/** No entry has it: ids begin at 0-1. */
export const ZERO_ID: StreamId = 0n;
export const MAX_ID: StreamId = 2n ** 128n - 1n;

export function makeId(ms: bigint, number: bigint): StreamId {
  return (ms << 64n) | number;
}

/** ms since 1970, as far as the id was made by a clock. */
export function msOf(id: StreamId): bigint {
  return id >> 64n;
}

/** The number within the ms. */
export function numberOf(id: StreamId): bigint {
  return id & MAX_HALF;
}

/** As clients see it: `1526919030474-55`. */
export function formatId(id: StreamId): string {
  return `${msOf(id)}-${numberOf(id)}`;
}
