import { addExtended } from './extended';
import { CommandFault, notFloat, notInteger } from './fault';

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);
const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;
const FLOAT = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?)$/i;
const HEXADECIMAL = /^[+-]?0x[0-9a-f]+$/i;

/** True for what Redis takes as a 64-bit integer: no sign but a minus, no leading zeros, no spaces. */
export function isInteger(text: string): boolean {
  if (!INTEGER.test(text)) return false;
  if (text.length < 19) return true;
  const value = BigInt(text);
  return value >= MIN && value <= MAX;
}

/**
 * A 64-bit integer argument; above 2^53 it loses its last digits, which no count or time needs.
 * @throws CommandFault
 */
export function toInteger(text: string, fault: () => CommandFault = notInteger): number {
  if (!isInteger(text)) throw fault();
  return Number(text);
}

/**
 * A 64-bit integer with all of its digits.
 * @throws CommandFault
 */
export function toBigInteger(text: string, fault: () => CommandFault = notInteger): bigint {
  if (!isInteger(text)) throw fault();
  return BigInt(text);
}

/** The sum, or undefined where it leaves 64 bits. */
export function addIntegers(left: string, right: bigint): string | undefined {
  const sum = BigInt(left) + right;
  return sum > MAX || sum < MIN ? undefined : String(sum);
}

/**
 * A floating point argument, `inf` included and `nan` not.
 * @throws CommandFault
 */
export function toFloat(text: string, fault: () => CommandFault = notFloat): number {
  if (FLOAT.test(text)) {
    const infinite = /^([+-]?)inf/i.exec(text);
    if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
    return Number(text);
  }
  if (HEXADECIMAL.test(text)) {
    return text.startsWith('-') ? -Number(text.slice(1)) : Number(text.replace('+', ''));
  }
  throw fault();
}

/** A score as Redis 7.0 prints it: C's `%.17g`. */
export function formatScore(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  const [digits = '', power = '0'] = value.toExponential(16).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 17) {
    const width = Math.abs(exponent) < 10 ? `0${Math.abs(exponent)}` : `${Math.abs(exponent)}`;
    return `${trimZeros(digits)}e${exponent < 0 ? '-' : '+'}${width}`;
  }
  return trimZeros(value.toFixed(Math.max(0, 16 - exponent)));
}

/**
 * Adds as INCRBYFLOAT does, printed with up to 17 places and no trailing zeros.
 * @throws CommandFault where one is no number or the result is infinite
 */
export function addFloats(left: string, right: string): string {
  if (!Number.isFinite(toFloat(left) + toFloat(right))) {
    throw new CommandFault('ERR increment would produce NaN or Infinity');
  }
  return addExtended(decimal(left), decimal(right));
}

/** Hexadecimal has no exponent here, and powers beyond what a double holds mean nothing. */
function decimal(text: string): string {
  if (HEXADECIMAL.test(text)) return BigInt(toFloat(text)).toString();
  return toFloat(text) === 0 ? '0' : text;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
