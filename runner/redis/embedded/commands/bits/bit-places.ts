import { CommandError } from '../../protocol/command-error';
import { isInteger } from '../../protocol/numbers';
import { MAX_BULK } from '../../protocol/request';

/** Bits in the longest string of a Redis, 512 MB. */
const MAX_BITS = 2 ** 32;

const unfit = () => new CommandError('ERR bit offset is not an integer or out of range');

/**
 * Where a bit to be read lies in a string, counted from the highest bit of the first byte on.
 * @param width of the fields that `#3` counts; absent, places are in bits alone
 * @throws CommandError for a place that no string reaches
 */
export function toBitPlace(text: string, width?: number): number {
  const counted = width !== undefined && text.startsWith('#');
  const digits = counted ? text.slice(1) : text;
  if (!isInteger(digits)) throw unfit();
  const place = Number(digits) * (counted ? width : 1);
  if (place < 0 || place >= MAX_BITS) throw unfit();
  return place;
}

/** The same of a bit to be written: strings end sooner here, as all is in the runner's memory. */
export function toBitToWrite(text: string, width?: number): number {
  const place = toBitPlace(text, width);
  if (byteOf(place) >= MAX_BULK) throw unfit();
  return place;
}

/** The byte that a bit lies in. */
export function byteOf(place: number): number {
  return Math.floor(place / 8);
}

/** That bit alone, in its byte. */
export function maskOf(place: number): number {
  return 0x80 >> (place % 8);
}
