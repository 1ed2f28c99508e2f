import { isNumber, lengthBehind, numberSize } from './listpack-size';

/** Bytes by the size of what is kept in so many, with the byte that announces it. */
const INTEGERS: Record<number, readonly [announced: number, bytes: number]> = {
  3: [0xf1, 2],
  4: [0xf2, 3],
  5: [0xf3, 4],
  9: [0xf4, 8],
};

/**
 * A listpack of these elements, numbers as numbers: see packed.ts for its reader.
 * @param elements latin1: a character a byte
 */
export function writeListpack(elements: readonly string[]): Buffer {
  const body = Buffer.concat(elements.map(element));
  const head = Buffer.alloc(6);
  head.writeUInt32LE(body.length + 7);
  head.writeUInt16LE(Math.min(elements.length, 0xffff), 4);
  return Buffer.concat([head, body, Buffer.of(255)]);
}

function element(text: string): Buffer {
  const value = isNumber(text) ? integer(BigInt(text)) : string(text);
  return Buffer.concat([value, behind(value.length)]);
}

function integer(value: bigint): Buffer {
  const number = Number(value);
  if (number >= 0 && number < 128) return Buffer.of(number);
  if (number >= -4096 && number < 4096) {
    return Buffer.of(0xc0 | ((number >> 8) & 0x1f), number & 0xff);
  }
  const [announced, bytes] = INTEGERS[numberSize(number)] ?? [0xf4, 8];
  const buffer = Buffer.alloc(1 + bytes);
  buffer[0] = announced;
  if (bytes === 8) buffer.writeBigInt64LE(value, 1);
  else buffer.writeIntLE(number, 1, bytes);
  return buffer;
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const { length } = bytes;
  if (length < 64) return Buffer.concat([Buffer.of(0x80 | length), bytes]);
  if (length < 4096) return Buffer.concat([Buffer.of(0xe0 | (length >> 8), length & 0xff), bytes]);
  const head = Buffer.alloc(5);
  head[0] = 0xf0;
  head.writeUInt32LE(length, 1);
  return Buffer.concat([head, bytes]);
}

/** A length for reading backwards: 7 bits a byte, all but the first of them marked. */
function behind(size: number): Buffer {
  const count = lengthBehind(size);
  return Buffer.from(
    Array.from({ length: count }, (_, at) => {
      const bits = (size >>> (7 * (count - 1 - at))) & 0x7f;
      return at === 0 ? bits : bits | 0x80;
    }),
  );
}
