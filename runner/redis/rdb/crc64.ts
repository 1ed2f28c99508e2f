/**
 * The checksum at the end of an RDB file: CRC-64 with the Jones polynomial, reflected in and out,
 * starting from zero (the published check value of "123456789" is e9c6d914c4b8d9ca).
 * @param bytes all that comes before the checksum
 */
export function crc64(bytes: Uint8Array): bigint {
  let high = 0;
  let low = 0;
  for (const byte of bytes) {
    const at = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (tableLow[at] ?? 0);
    high = (high >>> 8) ^ (tableHigh[at] ?? 0);
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

/** 0xad93d23594c935a9, its bits in reverse. */
const polynomial = 0x95ac9329ac4bc9b5n;
// A table of two 32-bit halves: BigInt for each byte would be a hundred times slower.
const tableHigh = new Uint32Array(256);
const tableLow = new Uint32Array(256);

for (let byte = 0; byte < 256; byte++) {
  let value = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
  }
  tableHigh[byte] = Number(value >> 32n);
  tableLow[byte] = Number(value & 0xffffffffn);
}
