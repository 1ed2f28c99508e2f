/** A double as 64 bits, as x86 casts it: its fraction cut off, and what does not fit the lowest. */
export function castInt64(value: number): bigint {
  if (Number.isNaN(value) || value >= 2 ** 63 || value < -(2 ** 63)) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}

/** The low 32 bits of that, which Lua 5.1's luaL_checkint takes. */
export function castInt32(value: number): number {
  return Number(BigInt.asIntN(32, castInt64(value)));
}
