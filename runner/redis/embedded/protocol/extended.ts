/*
 * Floats as INCRBYFLOAT and HINCRBYFLOAT have them: 80 bits wide (x86's long double), so that
 * 0.1 and 0.2 make 0.3. A number is digits / 10^places, then mantissa * 2^exponent.
 */

const MANTISSA_BITS = 64;
/** Decimal places that Redis prints before it drops the trailing zeros. */
const PLACES = 17;

interface Extended {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/**
 * Adds two decimal numbers, such as `10.5` or `-3e2`, neither of them infinite.
 * @returns the sum with up to 17 places and no trailing zeros
 */
export function addExtended(left: string, right: string): string {
  const [a, b] = [parse(left), parse(right)];
  const exponent = Math.min(a.exponent, b.exponent);
  const sum =
    (a.mantissa << BigInt(a.exponent - exponent)) + (b.mantissa << BigInt(b.exponent - exponent));
  return print(round(sum << 2n, exponent - 2));
}

function parse(text: string): Extended {
  const [mantissa = '0', power = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = BigInt(`${whole.replace(/^[+-]/, '')}${fraction}` || '0');
  const value = whole.startsWith('-') ? -digits : digits;
  const places = fraction.length - Number(power);
  if (places <= 0) return round(value * 10n ** BigInt(-places), 0);
  const divisor = 10n ** BigInt(places);
  const shift = MANTISSA_BITS + 4 + bits(divisor);
  return round(divideSticky(value << BigInt(shift), divisor), -shift);
}

/** Halves towards the even neighbour. */
function round(value: bigint, exponent: number): Extended {
  const excess = bits(value) - MANTISSA_BITS;
  if (excess <= 0) return { mantissa: value, exponent };
  const size = value < 0n ? -value : value;
  const unit = 1n << BigInt(excess);
  const rest = size % unit;
  let mantissa = size / unit;
  if (rest * 2n > unit || (rest * 2n === unit && mantissa % 2n === 1n)) mantissa += 1n;
  return { mantissa: value < 0n ? -mantissa : mantissa, exponent: exponent + excess };
}

/** A quotient whose last bit tells of a remainder, so that rounding it again is right. */
function divideSticky(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) return quotient;
  return value < 0n ? (-quotient | 1n) * -1n : quotient | 1n;
}

function print({ mantissa, exponent }: Extended): string {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const scaled = size * 10n ** BigInt(PLACES);
  const shift = BigInt(Math.abs(exponent));
  const digits = exponent >= 0 ? scaled << shift : halfEven(scaled, 1n << shift);
  const text = digits.toString().padStart(PLACES + 1, '0');
  const number = `${text.slice(0, -PLACES)}.${text.slice(-PLACES)}`.replace(/\.?0+$/, '');
  return mantissa < 0n && number !== '0' ? `-${number}` : number;
}

function halfEven(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  const rest = (value % divisor) * 2n;
  return rest > divisor || (rest === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function bits(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length;
}
