import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { integer, type Reply, ZERO } from '../../protocol/reply';
import type { Bytes } from '../../store/open-string';
import { byteOf, maskOf } from './bit-places';

/** From the first bit to the last, both counted in; none where the first lies behind the last. */
interface BitRange {
  readonly first: number;
  readonly last: number;
}

/** BITCOUNT. @throws CommandError */
export function bitCount({ db }: Session, [key, ...words]: [string, ...string[]]): Reply {
  const bytes = db.bytes(key);
  if (!bytes) return ZERO;
  if (words.length === 0) return integer(count(bytes, { first: 0, last: bytes.length * 8 - 1 }));
  const [start, end, unit] = words;
  if (start === undefined || end === undefined || words.length > 3) throw syntaxError();
  const [from, to] = [toInteger(start), toInteger(end)];
  if (from < 0 && to < 0 && from > to) return ZERO;
  return integer(count(bytes, range(bytes, from, to, inBits(unit))));
}

/** BITPOS. @throws CommandError */
export function bitPosition(
  { db }: Session,
  [key, given, ...words]: [string, string, ...string[]],
): Reply {
  const bit = toInteger(given);
  if (bit !== 0 && bit !== 1) throw new CommandError('ERR The bit argument must be 1 or 0.');
  const bytes = db.bytes(key);
  if (!bytes) return integer(bit === 1 ? -1 : 0);
  if (words.length > 3) throw syntaxError();
  const [start, end, unit] = words;
  const from = start === undefined ? 0 : toInteger(start);
  const bits = inBits(unit);
  const to = end === undefined ? -1 : toInteger(end);
  const { first, last } = range(bytes, from, to, bits);
  if (first > last) return integer(-1);
  const found = position(bytes, bit === 1, { first, last });
  // Behind the string zeros go on for ever, unless an end was given.
  if (found === undefined) return integer(bit === 1 || end !== undefined ? -1 : last + 1);
  return integer(found);
}

function inBits(unit: string | undefined): boolean {
  if (unit === undefined || unit.toLowerCase() === 'byte') return false;
  if (unit.toLowerCase() === 'bit') return true;
  throw syntaxError();
}

/** Negative places count from the end, in bytes or in bits. */
function range(bytes: Bytes, start: number, end: number, bits: boolean): BitRange {
  const total = bytes.length * (bits ? 8 : 1);
  const first = start < 0 ? Math.max(0, total + start) : start;
  const last = Math.min(end < 0 ? Math.max(0, total + end) : end, total - 1);
  if (bits || first > last) return { first, last };
  return { first: first * 8, last: last * 8 + 7 };
}

/** How many bits of each byte are set. */
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => {
  let ones = 0;
  for (let left = byte; left > 0; left >>= 1) ones += left & 1;
  return ones;
});

function count(bytes: Bytes, { first, last }: BitRange): number {
  if (first > last) return 0;
  let ones = 0;
  for (let at = byteOf(first); at <= byteOf(last); at += 1) ones += ONES[bytes.at(at)] ?? 0;
  // What lies in the outer bytes before the first bit and behind the last one was counted too.
  const before = bytes.at(byteOf(first)) & ~(2 * maskOf(first) - 1) & 0xff;
  const behind = bytes.at(byteOf(last)) & (maskOf(last) - 1);
  return ones - (ONES[before] ?? 0) - (ONES[behind] ?? 0);
}

function position(bytes: Bytes, set: boolean, { first, last }: BitRange): number | undefined {
  const none = set ? 0 : 0xff;
  for (let at = first; at <= last; at += 1) {
    if (at % 8 === 0) while (at + 7 <= last && bytes.at(byteOf(at)) === none) at += 8;
    if (at <= last && ((bytes.at(byteOf(at)) & maskOf(at)) !== 0) === set) return at;
  }
  return undefined;
}
