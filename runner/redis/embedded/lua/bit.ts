import { lua, type State } from 'fengari';
import { pushBytes } from './value';

const operations: Record<string, (left: number, right: number) => number> = {
  band: (left, right) => left & right,
  bor: (left, right) => left | right,
  bxor: (left, right) => left ^ right,
  lshift: (left, right) => left << right,
  rshift: (left, right) => left >>> right,
  arshift: (left, right) => left >> right,
  rol: (left, right) => (left << right) | (left >>> (32 - (right & 31))),
  ror: (left, right) => (left >>> right) | (left << (32 - (right & 31))),
};

/** Pushes `bit`, the library of Redis's Lua: 32-bit operations on numbers. */
export function pushBits(L: State): void {
  lua.lua_createtable(L, 0, 8);
  for (const [name, operation] of Object.entries(operations)) {
    define(L, name, (values) => values.reduce((left, right) => operation(left, right)));
  }
  define(L, 'bnot', ([value = 0]) => ~value);
  define(L, 'tobit', ([value = 0]) => value);
  define(L, 'bswap', ([value = 0]) => Buffer.from(int32(value)).reverse().readInt32LE());
  pushBytes(L, 'tohex');
  lua.lua_pushjsfunction(L, toHex);
  lua.lua_rawset(L, -3);
}

/** `bit.tohex(value, digits)`: eight digits if it is not told, in capitals if their number is negative. */
function toHex(L: State): number {
  const given = lua.lua_gettop(L) > 1 ? toInt(lua.lua_tonumber(L, 2)) : 8;
  const text = Buffer.from(int32(toInt(lua.lua_tonumber(L, 1))))
    .reverse()
    .toString('hex');
  const digits = text.slice(8 - Math.min(8, Math.abs(given)));
  pushBytes(L, given < 0 ? digits.toUpperCase() : digits);
  return 1;
}

function int32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

/** The low 32 bits of a number, rounded: Lua BitOp's own rule. */
function toInt(value: number): number {
  return Number(BigInt.asIntN(32, BigInt(Math.round(Number.isFinite(value) ? value : 0))));
}

function define(L: State, name: string, run: (values: number[]) => number): void {
  pushBytes(L, name);
  lua.lua_pushjsfunction(L, (L) => {
    const values: number[] = [];
    for (let at = 1; at <= lua.lua_gettop(L); at += 1) values.push(toInt(lua.lua_tonumber(L, at)));
    lua.lua_pushnumber(L, run(values) | 0);
    return 1;
  });
  lua.lua_rawset(L, -3);
}
