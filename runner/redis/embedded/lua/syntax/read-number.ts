import { readFloat } from '../../protocol/numbers';

/** What is written to when a number was read: a value of Lua's. */
interface Target {
  setfltvalue(value: number): void;
}

const NUMERAL = /^\s*([^\s]+)\s*$/;
const NAN = /^[+-]?nan$/i;

/**
 * Reads a numeral as Lua 5.1 does, which leaves that to C's strtod: decimal and hexadecimal of any
 * size, `inf` and `nan`, with blanks around it.
 * @param bytes up to the first NUL, if there is one
 * @returns how many bytes it took, the NUL counted; 0 for what is no number
 */
export function readNumber(bytes: Uint8Array, target: Target): number {
  const nul = bytes.indexOf(0);
  const end = nul < 0 ? bytes.length : nul;
  const [, numeral = ''] =
    NUMERAL.exec(Buffer.from(bytes.subarray(0, end)).toString('latin1')) ?? [];
  const value = NAN.test(numeral) ? Number.NaN : readFloat(numeral);
  if (value === undefined) return 0;
  target.setfltvalue(value);
  return end + 1;
}
