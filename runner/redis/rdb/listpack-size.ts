const INTEGER = /^(?:0|-?[1-9][0-9]{0,18})$/;

/**
 * Bytes that a listpack takes for an element, the length behind it included: see "listpack" in
 * Redis's documentation of the format. Digits that make an integer of 64 bits are kept as one.
 * @param element latin1: a character a byte
 */
export function listpackSize(element: string): number {
  return withLengthBehind(INTEGER.test(element) ? integerSize(element) : stringSize(element));
}

/** Bytes in which an element's own length is written behind it, for reading backwards. */
export function lengthBehind(size: number): number {
  return size < 128 ? 1 : size < 16383 ? 2 : size < 2097151 ? 3 : size < 268435455 ? 4 : 5;
}

function withLengthBehind(size: number): number {
  return size + lengthBehind(size);
}

function integerSize(digits: string): number {
  const value = Number(digits);
  if (value >= 0 && value < 128) return 1;
  const size = value < 0 ? -value - 1 : value;
  if (size < 2 ** 12) return 2;
  if (size < 2 ** 15) return 3;
  if (size < 2 ** 23) return 4;
  if (size < 2 ** 31) return 5;
  return isInt64(digits) ? 9 : stringSize(digits);
}

function isInt64(digits: string): boolean {
  return digits.length < 19 || BigInt.asIntN(64, BigInt(digits)) === BigInt(digits);
}

function stringSize({ length }: string): number {
  return length + (length < 64 ? 1 : length < 4096 ? 2 : 5);
}
