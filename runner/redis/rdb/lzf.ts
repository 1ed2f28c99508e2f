import { RdbError } from './error';

/**
 * Unfolds LZF, the compression of long strings in RDB files. A control byte under 32 announces
 * that many literal bytes and one more; any other refers back into the output (LibLZF's format).
 * @param packed the compressed bytes
 * @param length how many bytes it must unfold to
 * @throws RdbError `damaged` where it does not
 */
export function lzfDecompress(packed: Buffer, length: number): Buffer {
  // Three bytes make at most 264: a longer claim is a lie, and not worth the memory.
  if (length > packed.length * 88 + 88) throw damaged();
  const output = Buffer.alloc(length);
  let from = 0;
  let to = 0;
  const next = (): number => {
    const byte = packed[from++];
    if (byte === undefined) throw damaged();
    return byte;
  };
  while (from < packed.length) {
    const control = next();
    if (control < 32) {
      const end = from + control + 1;
      if (end > packed.length || to + control + 1 > length) throw damaged();
      packed.copy(output, to, from, end);
      to += control + 1;
      from = end;
      continue;
    }
    let count = control >> 5;
    if (count === 7) count += next();
    count += 2;
    let back = to - ((control & 31) << 8) - next() - 1;
    if (back < 0 || to + count > length) throw damaged();
    // Byte by byte: the stretch may overlap what it is producing.
    while (count-- > 0) output[to++] = output[back++] ?? 0;
  }
  if (to !== length) throw damaged();
  return output;
}

const damaged = () => new RdbError('damaged', 'has a compressed string that does not unfold');
