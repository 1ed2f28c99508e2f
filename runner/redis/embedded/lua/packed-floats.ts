/** A float of four bytes, the highest first. */
export function packSingle(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return signed(bytes, value);
}

/** A float of eight bytes, the highest first. */
export function packDouble(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return signed(bytes, value);
}

/** What x86 computes as not a number has its sign set. */
function signed(bytes: Buffer, value: number): string {
  if (Number.isNaN(value)) bytes[0] = 0xff;
  return bytes.toString('latin1');
}
