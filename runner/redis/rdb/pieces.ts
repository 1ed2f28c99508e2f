// The pieces of which a value is put together; "length encoding" in the RDB format.

/** Its length, then the bytes. */
export function string(bytes: Buffer): Buffer {
  return Buffer.concat([length(bytes.length), bytes]);
}

/** A length in one, two or five bytes, big-endian, by its size. */
export function length(count: number): Buffer {
  if (count < 64) return Buffer.of(count);
  if (count < 16384) return Buffer.of(64 | (count >> 8), count & 0xff);
  const bytes = Buffer.alloc(5);
  bytes[0] = 0x80;
  bytes.writeUInt32BE(count, 1);
  return bytes;
}

/** A number of up to 64 bits without a sign, as a length. */
export function number(value: bigint): Buffer {
  if (value < 2n ** 32n) return length(Number(value));
  const bytes = Buffer.alloc(9);
  bytes[0] = 0x81;
  bytes.writeBigUInt64BE(value, 1);
  return bytes;
}

/** Little-endian. */
export function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(Math.trunc(value)));
  return bytes;
}

/** @throws RangeError for NaN */
export function double(score: number): Buffer {
  if (Number.isNaN(score)) throw new RangeError('A score cannot be NaN.');
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(score);
  return bytes;
}
