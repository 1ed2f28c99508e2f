import { lauxlib, type State } from 'fengari';
import { castInt64 } from './cast';
import { exponential, fixedText, general, special } from './number-text';
import { bytesAt, fail, pushBytes } from './value';

/** One conversion: flags, width, precision, letter. */
const conversion = /^([-+ #0]*)(\d{0,2})(?:\.(\d{0,2}))?(.?)/s;

/**
 * `string.format` of Lua 5.1, whose numbers are C's: `%d` takes 64 bits and cuts a fraction off.
 * Source: Lua 5.1's lstrlib.c, str_format; ISO C99, 7.19.6.1.
 */
export function formatText(L: State): number {
  const text = bytesAt(L, 1);
  let out = '';
  let argument = 1;
  for (let at = 0; at < text.length; ) {
    const sign = text.indexOf('%', at);
    if (sign < 0) {
      out += text.slice(at);
      break;
    }
    out += text.slice(at, sign);
    if (text[sign + 1] === '%') {
      out += '%';
      at = sign + 2;
      continue;
    }
    const [whole, flags = '', width = '', precision, letter = ''] = conversion.exec(
      text.slice(sign + 1),
    ) ?? [''];
    argument += 1;
    out += padded(converted(L, argument, letter, flags, precision), flags, Number(width), letter);
    at = sign + 1 + whole.length;
  }
  pushBytes(L, out);
  return 1;
}

function converted(
  L: State,
  at: number,
  letter: string,
  flags: string,
  precision: string | undefined,
): string {
  const digits = precision === undefined ? undefined : Number(precision);
  const number = () => lauxlib.luaL_checknumber(L, at);
  switch (letter) {
    case 'c':
      return String.fromCharCode(number() & 0xff);
    case 'd':
    case 'i':
      return signed(minimum(castInt64(number()).toString(), digits), flags);
    case 'u':
      return minimum(unsigned(number()).toString(), digits);
    case 'o':
      return minimum(unsigned(number()).toString(8), digits);
    case 'x':
      return hexadecimal(number(), digits, flags);
    case 'X':
      return hexadecimal(number(), digits, flags).toUpperCase();
    case 'e':
      return signed(exponential(number(), digits ?? 6), flags);
    case 'E':
      return signed(exponential(number(), digits ?? 6), flags).toUpperCase();
    case 'f':
      return signed(fixed(number(), digits ?? 6), flags);
    case 'g':
      return signed(general(number(), digits ?? 6, flags.includes('#')), flags);
    case 'G':
      return signed(general(number(), digits ?? 6, flags.includes('#')), flags).toUpperCase();
    case 'q':
      lauxlib.luaL_checkstring(L, at);
      return quoted(bytesAt(L, at));
    case 's':
      lauxlib.luaL_checkstring(L, at);
      return digits === undefined ? bytesAt(L, at) : bytesAt(L, at).slice(0, digits);
    default:
      return fail(L, `invalid option '%${letter}' to 'format'`);
  }
}

function unsigned(value: number): bigint {
  return BigInt.asUintN(64, castInt64(value));
}

function hexadecimal(value: number, digits: number | undefined, flags: string): string {
  const text = minimum(unsigned(value).toString(16), digits);
  return flags.includes('#') && text !== '0' ? `0x${text}` : text;
}

function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return special(value);
  // Past 1e21 toFixed gives up; the double's own digits are those of its integer.
  const plain = Math.abs(value) < 1e21 ? fixedText(value, digits) : BigInt(value).toString();
  return Math.abs(value) < 1e21 || digits === 0 ? plain : `${plain}.${'0'.repeat(digits)}`;
}

/** At least as many digits. */
function minimum(text: string, digits = 0): string {
  const [, sign = '', rest = ''] = /^(-?)(.*)$/.exec(text) ?? [];
  return sign + rest.padStart(digits, '0');
}

function signed(text: string, flags: string): string {
  if (text.startsWith('-')) return text;
  return (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + text;
}

function padded(text: string, flags: string, width: number, letter: string): string {
  if (letter === 'q' || text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || /[cs]/.test(letter) || /n|inf/i.test(text)) {
    return text.padStart(width);
  }
  const [, sign = '', rest = ''] = /^([-+ ]?)(.*)$/s.exec(text) ?? [];
  return sign + rest.padStart(width - sign.length, '0');
}

/** As Lua 5.1 writes a string so that it can read it again. */
function quoted(bytes: string): string {
  const escaped = bytes
    .replace(/["\\\n]/g, '\\$&')
    .replaceAll('\r', '\\r')
    .replaceAll('\0', '\\000');
  return `"${escaped}"`;
}
