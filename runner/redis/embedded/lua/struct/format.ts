import type { State } from 'fengari';
import { argumentFault, fail } from '../value';

const LARGEST_NUMBER = 0x7fffffff;
/** Bytes of the largest whole number that a format can ask for. */
const MAX_INTEGER = 32;
/** What `!` alone aligns to: the bytes of a double. */
const MAX_ALIGNMENT = 8;

/** The letters of whole numbers, and their bytes; undefined where digits behind the letter tell them. */
const INTEGERS: ReadonlyMap<string, number | undefined> = new Map([
  ...Array.from('bB', (letter) => [letter, 1] as const),
  ...Array.from('hH', (letter) => [letter, 2] as const),
  ...Array.from('lLT', (letter) => [letter, 8] as const),
  ...Array.from('iI', (letter) => [letter, undefined] as const),
]);

/** One letter of a format: what is to be packed or unpacked next. */
export interface Item {
  readonly option: string;
  /** What kind of whole number it stands for; undefined where it stands for none. */
  readonly integer: 'signed' | 'unsigned' | undefined;
  /** Its bytes; 0 where the value itself tells. */
  readonly size: number;
  /** Bytes to leave out before it. */
  readonly padding: number;
}

/**
 * Reads a format of `struct`, whose byte order and alignment change as it goes on.
 * Source: the struct library for Lua of PUC-Rio, version 0.2, as Redis has it.
 */
export class StructFormat {
  bigEndian = false;
  #alignment = 1;
  #at = 0;

  constructor(
    readonly L: State,
    readonly text: string,
  ) {}

  /**
   * The next letter, its size read; undefined at the end.
   * @param at bytes before it, for its alignment
   */
  next(at: number): Item | undefined {
    if (this.#at >= this.text.length) return undefined;
    const option = this.text[this.#at] ?? '';
    this.#at += 1;
    const size = this.#sizeOf(option);
    const integer = INTEGERS.has(option) ? (isSmall(option) ? 'signed' : 'unsigned') : undefined;
    return { option, integer, size, padding: this.#paddingAt(at, option, size) };
  }

  /** What a letter that stands for no value changes; raises an error where it changes nothing. */
  control(option: string): void {
    if (option === '>' || option === '<') this.bigEndian = option === '>';
    else if (option === '!') {
      const alignment = this.#number(MAX_ALIGNMENT);
      if (alignment <= 0 || (alignment & (alignment - 1)) !== 0) {
        fail(this.L, `alignment ${alignment} is not a power of 2`);
      }
      this.#alignment = alignment;
    } else if (option !== ' ') argumentFault(this.L, 1, `invalid format option '${option}'`);
  }

  #sizeOf(option: string): number {
    if (INTEGERS.has(option)) return INTEGERS.get(option) ?? this.#integerSize();
    switch (option) {
      case 'x':
        return 1;
      case 'f':
        return 4;
      case 'd':
        return 8;
      case 'c':
        return this.#number(1);
      default:
        return 0;
    }
  }

  #integerSize(): number {
    const size = this.#number(4);
    if (size > MAX_INTEGER) {
      fail(this.L, `integral size ${size} is larger than limit of ${MAX_INTEGER}`);
    }
    return size;
  }

  #paddingAt(at: number, option: string, size: number): number {
    if (size === 0 || option === 'c') return 0;
    const step = Math.min(size, this.#alignment);
    return (step - (at & (step - 1))) & (step - 1);
  }

  /** The digits that come next, as a number. */
  #number(otherwise: number): number {
    const digits = /^\d+/.exec(this.text.slice(this.#at, this.#at + 20))?.[0] ?? '';
    if (digits === '') return otherwise;
    this.#at += digits.length;
    if (Number(digits) > LARGEST_NUMBER) fail(this.L, 'integral size overflow');
    return Number(digits);
  }
}

/** Small letters stand for numbers with a sign. */
function isSmall(letter: string): boolean {
  return letter === letter.toLowerCase();
}
