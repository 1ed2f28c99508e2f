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
 * Adds as INCRBYFLOAT does: in decimal, printed with up to 17 places and no trailing zeros.
 * @throws CommandFault where the result is infinite
 */
export function addFloats(left: string, right: string): string {
  const sum = toFloat(left) + toFloat(right);
  if (!Number.isFinite(sum)) {
    throw new CommandFault('ERR increment would produce NaN or Infinity');
  }
  if (!FLOAT.test(left) || !FLOAT.test(right) || Math.abs(sum) > 1e18) return plain(sum);
  const [a, b] = [toDecimal(left), toDecimal(right)];
  const places = Math.max(a.places, b.places);
  const total =
    a.digits * 10n ** BigInt(places - a.places) + b.digits * 10n ** BigInt(places - b.places);
  return fromDecimal(total, places);
}

function plain(value: number): string {
  return trimZeros(BigInt(Math.trunc(value)).toString());
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** The number is digits / 10^places; places beyond 40 are nothing that a double could hold. */
function toDecimal(text: string): { digits: bigint; places: number } {
  const [mantissa = '0', power = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(power);
  const sign = whole.startsWith('-') ? -1n : 1n;
  const digits = sign * BigInt(`${whole.replace(/^[+-]/, '')}${fraction}` || '0');
  if (places < 0) return { digits: digits * 10n ** BigInt(-places), places: 0 };
  if (places > 40) return { digits: digits / 10n ** BigInt(places - 40), places: 40 };
  return { digits, places };
}

function fromDecimal(total: bigint, places: number): string {
  let digits = total < 0n ? -total : total;
  let kept = places;
  if (kept > 17) {
    const cut = 10n ** BigInt(kept - 17);
    digits = (digits + cut / 2n) / cut;
    kept = 17;
  }
  const text = digits.toString().padStart(kept + 1, '0');
  const number = trimZeros(
    `${text.slice(0, text.length - kept)}.${text.slice(text.length - kept)}`,
  );
  return total < 0n && number !== '0' ? `-${number}` : number;
}
