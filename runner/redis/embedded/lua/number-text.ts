/** A number as the Lua of Redis prints it: C's `%.14g`. */
export function numberText(value: number): string {
  return general(value, 14, false);
}

/**
 * C's `%g`: as many significant digits, no zeros behind them, an exponent where that is shorter.
 * Source: ISO C99, 7.19.6.1. “-nan” is what glibc makes of the NaN that x86 computes.
 * @param keepsZeros as with the flag `#`
 */
export function general(value: number, precision: number, keepsZeros: boolean): string {
  if (!Number.isFinite(value)) return special(value);
  const digits = Math.max(1, precision);
  const [mantissa = '', exponent = '0'] = rounded(value, digits - 1).split('e');
  const power = Number(exponent);
  const sign = Object.is(value, -0) ? '-' : '';
  if (power < -4 || power >= digits) {
    return sign + (keepsZeros ? mantissa : trimmed(mantissa)) + exponentText(power);
  }
  const plain = fixedText(Number(`${mantissa}e${power}`), Math.max(0, digits - 1 - power));
  return sign + (keepsZeros ? plain : trimmed(plain));
}

/** C's `%e`. */
export function exponential(value: number, precision: number): string {
  if (!Number.isFinite(value)) return special(value);
  const [mantissa = '', exponent = '0'] = rounded(value, precision).split('e');
  return mantissa + exponentText(Number(exponent));
}

/** Infinity and NaN as C prints them. */
export function special(value: number): string {
  return Number.isNaN(value) ? '-nan' : value < 0 ? '-inf' : 'inf';
}

/** C's `%f` of what is below 1e21. */
export function fixedText(value: number, digits: number): string {
  return toEven(value.toFixed(digits), value.toFixed(Math.min(100, digits + 30)));
}

/** With so many digits behind the point. */
function rounded(value: number, digits: number): string {
  return toEven(value.toExponential(digits), value.toExponential(Math.min(100, digits + 30)));
}

/** What lies just between two goes to the even one, as in C; JavaScript rounds it up. */
function toEven(text: string, longer: string): string {
  const [mantissa = '', power] = longer.split('e');
  const length = text.split('e')[0]?.length ?? 0;
  const [kept, rest] = [mantissa.slice(0, length), mantissa.slice(length)];
  const isBetween = /^\.?50*$/.test(rest) && /[02468]\.?$/.test(kept);
  return isBetween ? kept + (power === undefined ? '' : `e${power}`) : text;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** At least two digits, with a sign. */
function exponentText(power: number): string {
  return `e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
