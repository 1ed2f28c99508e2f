import { CommandError, notFloat, notInteger } from './command-error';
import { addExtended } from './extended';

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);
const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;
/** Each digit can be matched in one way only, so that a long text costs no more than its length. */
const FLOAT = /^[+-]?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?)$/i;
/** Characters in which 80 bits can be written, and then some. */
const MAX_LENGTH = 5 * 1024;
/** The largest power of ten that 80 bits hold. */
const MAX_POWER = 4931;
const HEXADECIMAL = /^[+-]?0x(?=\.?[0-9a-f])([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i;

/** True for what Redis takes as a 64-bit integer: no sign but a minus, no leading zeros, no spaces. */
export function isInteger(text: string): boolean {
  if (!INTEGER.test(text)) return false;
  if (text.length < 19) return true;
  if (text.length > 20) return false;
  const value = BigInt(text);
  return value >= MIN && value <= MAX;
}

/**
 * A 64-bit integer argument; above 2^53 it loses its last digits, which no count or time needs.
 * @throws CommandError
 */
export function toInteger(text: string, fault: () => CommandError = notInteger): number {
  if (!isInteger(text)) throw fault();
  return Number(text);
}

/**
 * A 64-bit integer with all of its digits.
 * @throws CommandError
 */
export function toBigInteger(text: string, fault: () => CommandError = notInteger): bigint {
  if (!isInteger(text)) throw fault();
  return BigInt(text);
}

/** The sum, or undefined where it leaves 64 bits. */
export function addIntegers(left: string, right: bigint): string | undefined {
  const sum = BigInt(left) + right;
  return sum > MAX || sum < MIN ? undefined : String(sum);
}

/**
 * A floating point argument, `inf` included and `nan` not, nor what a double cannot hold.
 * @throws CommandError
 */
export function toFloat(text: string, fault: () => CommandError = notFloat): number {
  const value = readFloat(text);
  if (value === undefined || isOutOfRange(text, value)) throw fault();
  return value;
}

/** A number as C's strtod reads it; what is too large is infinite. Undefined for what is none. */
export function readFloat(text: string): number | undefined {
  if (FLOAT.test(text)) {
    const infinite = /^([+-]?)inf/i.exec(text);
    if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
    return Number(text);
  }
  const [, whole, fraction = '', power = '0'] = HEXADECIMAL.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const size = Number(`0x${whole}${fraction}`) * 2 ** (Number(power) - 4 * fraction.length);
  return text.startsWith('-') ? -size : size;
}

/** Whether a number is too large for a double, or so small that nothing is left of it. */
export function isOutOfRange(text: string, value: number): boolean {
  if (value === 0) return /^[^e]*[1-9]/i.test(text) && !HEXADECIMAL.test(text);
  return !Number.isFinite(value) && !/inf/i.test(text);
}

/** A score as Redis 7.0 prints it: C's `%.17g`. */
export function formatScore(value: number): string {
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '-0' : String(value);
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
 * A number of 80 bits, as INCRBYFLOAT takes it.
 * @returns it in decimal digits, or an infinity
 * @throws CommandError
 */
export function toExtended(text: string, fault: () => CommandError = notFloat): string {
  const value = text.length < MAX_LENGTH ? readFloat(text) : undefined;
  if (value === undefined) throw fault();
  if (/inf/i.test(text)) return String(value);
  if (HEXADECIMAL.test(text)) return decimalOf(text, fault);
  if (!/^[^e]*[1-9]/i.test(text)) return '0';
  const power = magnitude(text);
  if (power > MAX_POWER || power < -MAX_POWER) throw fault();
  return text;
}

/** A hexadecimal number in decimal digits, all of them. */
function decimalOf(text: string, fault: () => CommandError): string {
  const [, whole = '', fraction = '', given = '0'] = HEXADECIMAL.exec(text) ?? [];
  const power = Number(given) - 4 * fraction.length;
  if (Math.abs(power) > MAX_POWER * 4) throw fault();
  const digits = BigInt(`0x${whole}${fraction}`);
  const sign = text.startsWith('-') ? '-' : '';
  if (power >= 0) return `${sign}${digits << BigInt(power)}`;
  return `${sign}${digits * 5n ** BigInt(-power)}e${power}`;
}

/** The power of ten of the first digit that counts. */
function magnitude(text: string): number {
  const [, whole = '', fraction = '', power = '0'] =
    /^[+-]?0*(\d*)\.?(\d*)(?:e(.*))?$/i.exec(text) ?? [];
  const before = whole === '' ? -1 - fraction.search(/[1-9]/) : whole.length - 1;
  return before + Number(power);
}

/**
 * Adds two numbers of {@link toExtended}, printed with up to 17 places and no trailing zeros.
 * @throws CommandError where the result is infinite
 */
export function addFloats(left: string, right: string): string {
  if (left.endsWith('Infinity') || right.endsWith('Infinity')) {
    throw new CommandError('ERR increment would produce NaN or Infinity');
  }
  return addExtended(left, right);
}

/** C's `%.Nf`: what lies between two goes to the even one, where JavaScript rounds it up. */
export function formatFixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return formatScore(value);
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}.${'0'.repeat(places)}`;
  const more = Math.min(100, places + 60);
  const exact = value.toFixed(more);
  const kept = exact.slice(0, places - more);
  const isBetween = /^50*$/.test(exact.slice(places - more)) && /[02468]$/.test(kept);
  return isBetween ? kept : value.toFixed(places);
}

/** A coordinate: up to 17 places, no zeros at the end, no minus before zero. */
export function formatPlace(value: number): string {
  const text = trimZeros(formatFixed(value, 17));
  return text === '-0' ? '0' : text;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
