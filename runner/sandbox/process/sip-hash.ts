/*
 * SipHash-2-4 (https://cr.yp.to/siphash/siphash-20120918.pdf): a message authentication code for
 * short messages. Node's own crypto takes longer to load than all else of a program's side. This one
 * calls nothing that a program could have put in the place of a builtin: it adds, shifts, and reads.
 */

/** 16 secret bytes, as four words in the machine's order. */
export type Key = Readonly<Record<number, number>>;

/** Bound here, before any program's code runs: what replaces the method later is not called. */
const codeAt: (text: string, at: number) => number = Function.prototype.call.bind(
  String.prototype.charCodeAt,
);

const digits = '0123456789abcdef';

/**
 * The code of a text, of its UTF-16 code units with the lower byte first: 16 hexadecimal digits.
 * @param key its own elements are read, and nothing else of it
 */
export function sipHash(key: Key, text: string): string {
  const k0 = word(key[0]);
  const k1 = word(key[1]);
  const k2 = word(key[2]);
  const k3 = word(key[3]);
  // The four words of 64 bits that are mixed, each as its lower and its higher half.
  let al = k0 ^ 0x70736575;
  let ah = k1 ^ 0x736f6d65;
  let bl = k2 ^ 0x6e646f6d;
  let bh = k3 ^ 0x646f7261;
  let cl = k0 ^ 0x6e657261;
  let ch = k1 ^ 0x6c796765;
  let dl = k2 ^ 0x79746573;
  let dh = k3 ^ 0x74656462;

  const mix = (rounds: number) => {
    for (let round = 0; round < rounds; round += 1) {
      let low = (al >>> 0) + (bl >>> 0);
      ah = (ah + bh + carry(low)) | 0;
      al = low | 0;
      low = (cl >>> 0) + (dl >>> 0);
      ch = (ch + dh + carry(low)) | 0;
      cl = low | 0;
      let high = (bh << 13) | (bl >>> 19);
      bl = ((bl << 13) | (bh >>> 19)) ^ al;
      bh = high ^ ah;
      high = (dh << 16) | (dl >>> 16);
      dl = ((dl << 16) | (dh >>> 16)) ^ cl;
      dh = high ^ ch;
      high = al;
      al = ah;
      ah = high;
      low = (cl >>> 0) + (bl >>> 0);
      ch = (ch + bh + carry(low)) | 0;
      cl = low | 0;
      low = (al >>> 0) + (dl >>> 0);
      ah = (ah + dh + carry(low)) | 0;
      al = low | 0;
      high = (bh << 17) | (bl >>> 15);
      bl = ((bl << 17) | (bh >>> 15)) ^ cl;
      bh = high ^ ch;
      high = (dh << 21) | (dl >>> 11);
      dl = ((dl << 21) | (dh >>> 11)) ^ al;
      dh = high ^ ah;
      high = cl;
      cl = ch;
      ch = high;
    }
  };
  const take = (low: number, high: number) => {
    dl ^= low;
    dh ^= high;
    mix(2);
    al ^= low;
    ah ^= high;
  };

  const { length } = text;
  const whole = length - (length % 4);
  for (let at = 0; at < whole; at += 4) take(pair(text, at), pair(text, at + 2));
  take(pair(text, whole), pair(text, whole + 2) | (length << 25));
  cl ^= 0xff;
  mix(4);
  return hex(ah ^ bh ^ ch ^ dh) + hex(al ^ bl ^ cl ^ dl);
}

/** Two code units as one word; past the end of the text they are 0. */
function pair(text: string, at: number): number {
  const first = at < text.length ? codeAt(text, at) : 0;
  return first | (at + 1 < text.length ? codeAt(text, at + 1) << 16 : 0);
}

function word(value = 0): number {
  return value | 0;
}

/** What the sum of two lower halves adds to the higher ones. */
function carry(sum: number): number {
  return sum > 0xffffffff ? 1 : 0;
}

function hex(value: number): string {
  let text = '';
  for (let shift = 28; shift >= 0; shift -= 4) text += digits[(value >>> shift) & 15];
  return text;
}
