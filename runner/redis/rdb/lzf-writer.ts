/** Bytes that one literal stretch holds, how far back a reference reaches, and how much it takes. */
const MAX_LITERALS = 32;
const MAX_DISTANCE = 8192;
const MAX_COUNT = 264;
/** Where a text of three bytes was last seen is remembered at one of so many places. */
const PLACES = 2 ** 16;

/**
 * Packs bytes by LZF, with the choices that LibLZF makes at the speed at which Redis runs it, so that
 * the same bytes come out: the format is at {@link lzfDecompress}.
 * @param most bytes that may come out
 * @returns undefined where it would be more
 */
export function lzfCompress(bytes: Buffer, most: number): Buffer | undefined {
  const seen = new Uint32Array(PLACES);
  const output = Buffer.alloc(most + MAX_LITERALS + 8);
  /** Behind the byte in which the length of the literal stretch will stand. */
  let to = 1;
  let literals = 0;
  let from = 0;
  const closeStretch = () => {
    if (literals > 0) output[to - literals - 1] = literals - 1;
    else to -= 1;
    literals = 0;
  };
  const putLiteral = () => {
    output[to++] = bytes[from++] ?? 0;
    literals += 1;
    if (literals === MAX_LITERALS) {
      closeStretch();
      to += 1;
    }
  };
  while (from < bytes.length - 2) {
    const place = placeOf(bytes, from);
    const back = seen[place] ?? 0;
    seen[place] = from;
    const distance = from - back - 1;
    // A reference to the very first byte is never made: its place is that of nothing seen.
    if (back === 0 || distance >= MAX_DISTANCE || !isEqual(bytes, back, from)) {
      if (to >= most) return undefined;
      putLiteral();
      continue;
    }
    if (to - (literals === 0 ? 1 : 0) + 4 >= most) return undefined;
    closeStretch();
    const count = countEqual(bytes, back, from);
    const long = count - 2 >= 7;
    output[to++] = (distance >> 8) | ((long ? 7 : count - 2) << 5);
    if (long) output[to++] = count - 9;
    output[to++] = distance & 0xff;
    to += 1;
    from += count;
    if (from >= bytes.length - 2) break;
    // Of what a reference took, only the two last places are remembered.
    for (const at of [from - 2, from - 1]) seen[placeOf(bytes, at)] = at;
  }
  if (to + 3 > most) return undefined;
  while (from < bytes.length) putLiteral();
  closeStretch();
  return output.subarray(0, to);
}

function placeOf(bytes: Buffer, at: number): number {
  const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return ((three >> 8) - three * 5) & (PLACES - 1);
}

/** Of three bytes each. */
function isEqual(bytes: Buffer, one: number, other: number): boolean {
  return (
    bytes[one] === bytes[other] &&
    bytes[one + 1] === bytes[other + 1] &&
    bytes[one + 2] === bytes[other + 2]
  );
}

/** How many bytes from two places on are equal, three at least. */
function countEqual(bytes: Buffer, one: number, other: number): number {
  const left = bytes.length - other;
  // The last two bytes are looked at only where the first ones are compared in one go of sixteen.
  const most = left - 2 > 16 ? Math.max(19, left - 2) : left - 2;
  let count = 3;
  while (count < Math.min(most, MAX_COUNT) && bytes[one + count] === bytes[other + count])
    count += 1;
  return count;
}
