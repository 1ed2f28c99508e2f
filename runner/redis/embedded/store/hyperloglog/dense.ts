import { type Observation, REGISTERS } from './registers';

/** Bytes of all registers at six bits each, the first one in the lowest bits of the first byte. */
export const DENSE_BYTES = (REGISTERS * 6) / 8;

/** The rank that a register holds. */
export function readRegister(bytes: Buffer, register: number): number {
  const [at, shift] = placeOf(register);
  return ((((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) >> shift) & 63;
}

/** @returns whether the register held less before */
export function raiseRegister(bytes: Buffer, { register, rank }: Observation): boolean {
  if (readRegister(bytes, register) >= rank) return false;
  const [at, shift] = placeOf(register);
  const pair = ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0);
  const changed = (pair & ~(63 << shift)) | (rank << shift);
  bytes[at] = changed & 0xff;
  // The last register ends with the last byte: there is none behind it, and no bit is left for it.
  if (at + 1 < bytes.length) bytes[at + 1] = changed >> 8;
  return true;
}

function placeOf(register: number): [byte: number, shift: number] {
  return [Math.floor((register * 6) / 8), (register * 6) % 8];
}
