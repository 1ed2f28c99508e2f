import { SettingFault } from './setting-fault';

/** Reads what CONFIG SET is given for a setting, into the form that CONFIG GET shows. @throws SettingFault */
export type Kind = (text: string) => string;

const INT_MAX = 2 ** 31 - 1;
const MAX = 2n ** 63n - 1n;
const UNSIGNED_MAX = 2n ** 64n - 1n;
const UNITS: Readonly<Record<string, bigint>> = {
  '': 1n,
  b: 1n,
  k: 1000n,
  kb: 1024n,
  m: 1000n ** 2n,
  mb: 1024n ** 2n,
  g: 1000n ** 3n,
  gb: 1024n ** 3n,
};

export const anything: Kind = (text) => text;

export const yesOrNo: Kind = (text) => {
  const word = text.toLowerCase();
  if (word === 'yes' || word === 'no') return word;
  throw new SettingFault("argument must be 'yes' or 'no'");
};

/** An integer; a C int where no limit is given, any of 64 bits up to `MAX`. */
export function integer(least: number | bigint = 0, most: number | bigint = INT_MAX): Kind {
  return (text) => {
    const isWritten = /^(?:0|-?[1-9]\d{0,18})$/.test(text);
    if (!isWritten || BigInt.asIntN(64, BigInt(text)) !== BigInt(text)) {
      throw new SettingFault("argument couldn't be parsed into an integer");
    }
    return within(BigInt(text), least, most);
  };
}

export const long = (least = 0) => integer(least, MAX);

/** Bytes, with a unit as in `64mb`; `k` is a thousand, `kb` 1,024. */
export function memory(least: number = 0, most: bigint = MAX): Kind {
  return (text) => {
    const bytes = toBytes(text);
    if (bytes === undefined) throw new SettingFault('argument must be a memory value');
    return within(bytes, least, most);
  };
}

export const unsignedMemory = memory(0, UNSIGNED_MAX);

/** Bytes, or a share as in `10%`. */
export const memoryOrPercent: Kind = (text) => {
  const percent = /^(\d+)%$/.exec(text);
  if (percent) {
    if (Number(percent[1]) > 100) {
      throw new SettingFault('percentage argument must be less or equal to 100');
    }
    return text;
  }
  const bytes = toBytes(text);
  if (bytes !== undefined) return String(bytes);
  throw new SettingFault('argument must be a memory or percent value');
};

/** One of some words. */
export function choice(...words: readonly string[]): Kind {
  return (text) => {
    const word = text.toLowerCase();
    if (words.includes(word)) return word;
    throw new SettingFault(`argument(s) must be one of the following: ${words.join(', ')}`);
  };
}

/** Bytes as they are written with a unit; undefined for what is none. */
export function toBytes(text: string): bigint | undefined {
  const [, digits = '', unit = ''] = /^(\d*)([a-z]*)$/i.exec(text) ?? ['', '', '?'];
  const size = UNITS[unit.toLowerCase()];
  if (size === undefined) return undefined;
  const bytes = BigInt(digits || '0') * size;
  return bytes > UNSIGNED_MAX ? UNSIGNED_MAX : bytes;
}

function within(value: bigint, least: number | bigint, most: number | bigint): string {
  if (value >= least && value <= most) return String(value);
  throw new SettingFault(`argument must be between ${least} and ${most} inclusive`);
}
