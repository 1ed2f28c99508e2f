const INTEGER = /^(?:0|-?[1-9][0-9]{0,18})$/;

/**
 * Bytes that a listpack takes for an element, the length behind it included: see "listpack" in
 * Redis's documentation of the format. Digits that make an integer of 64 bits are kept as one.
 * @param element latin1: a character a byte
 */
export function listpackSize(element: string): number {
  const size = isNumber(element) ? numberSize(Number(element)) : stringSize(element);
  return size + lengthBehind(size);
}

/** Whether an element is digits that are kept as a number. */
export function isNumber(element: string): boolean {
  if (!INTEGER.test(element)) return false;
  return element.length < 19 || BigInt.asIntN(64, BigInt(element)) === BigInt(element);
}

/** Bytes of a number without the length behind it. */
export function numberSize(value: number): number {
  if (value >= 0 && value < 128) return 1;
  const size = value < 0 ? -value - 1 : value;
  if (size < 2 ** 12) return 2;
  if (size < 2 ** 15) return 3;
  if (size < 2 ** 23) return 4;
  return size < 2 ** 31 ? 5 : 9;
}

/** Bytes in which an element's own length is written behind it, for reading backwards. */
export function lengthBehind(size: number): number {
  return size < 128 ? 1 : size < 16383 ? 2 : size < 2097151 ? 3 : size < 268435455 ? 4 : 5;
}

function stringSize({ length }: string): number {
  return length + (length < 64 ? 1 : length < 4096 ? 2 : 5);
}
