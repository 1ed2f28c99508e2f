import { lua, type State } from 'fengari';
import { packDouble, packSingle } from '../packed-floats';
import { bytesAt } from '../value';

/** A table inside as many others is packed as nil. */
const MAX_NESTING = 16;
const NIL = '\xc0';

/** Packs the value at that place of the stack. @param parts where its bytes go, a character each */
export function packValue(L: State, index: number, level: number, parts: string[]): void {
  lua.lua_checkstack(L, 4);
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TSTRING: {
      const text = bytesAt(L, index);
      parts.push(stringHead(text.length), text);
      return;
    }
    case lua.LUA_TBOOLEAN:
      parts.push(lua.lua_toboolean(L, index) ? '\xc3' : '\xc2');
      return;
    case lua.LUA_TNUMBER:
      parts.push(packNumber(lua.lua_tonumber(L, index)));
      return;
    case lua.LUA_TTABLE:
      if (level < MAX_NESTING) packTable(L, index, level, parts);
      else parts.push(NIL);
      return;
    default:
      parts.push(NIL);
  }
}

function packTable(L: State, index: number, level: number, parts: string[]): void {
  const { size, isArray } = shapeOf(L, index);
  if (isArray) {
    parts.push(size <= 15 ? byte(0x90 | size) : head(size, 0xdc, 0xdd));
    for (let place = 1; place <= size; place += 1) {
      lua.lua_rawgeti(L, index, place);
      packValue(L, lua.lua_gettop(L), level + 1, parts);
      lua.lua_pop(L, 1);
    }
    return;
  }
  parts.push(size <= 15 ? byte(0x80 | size) : head(size, 0xde, 0xdf));
  lua.lua_pushnil(L);
  while (lua.lua_next(L, index) !== 0) {
    const top = lua.lua_gettop(L);
    packValue(L, top - 1, level + 1, parts);
    packValue(L, top, level + 1, parts);
    lua.lua_pop(L, 1);
  }
}

/** Keys from 1 on without a gap, or none at all, make an array. */
function shapeOf(L: State, index: number): { size: number; isArray: boolean } {
  let size = 0;
  let most = 0;
  let whole = true;
  lua.lua_pushnil(L);
  while (lua.lua_next(L, index) !== 0) {
    lua.lua_pop(L, 1);
    size += 1;
    const key = lua.lua_type(L, -1) === lua.LUA_TNUMBER ? lua.lua_tonumber(L, -1) : 0;
    if (Number.isInteger(key) && key > 0) most = Math.max(most, key);
    else whole = false;
  }
  return { size, isArray: whole && most === size };
}

/** A whole number of up to 64 bits as such, anything else as the shortest float that holds it. */
function packNumber(value: number): string {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) {
    return value < 0 ? negative(value) : positive(value);
  }
  const isSingle = Math.fround(value) === value;
  return isSingle ? byte(0xca) + packSingle(value) : byte(0xcb) + packDouble(value);
}

function positive(value: number): string {
  if (value <= 0x7f) return byte(value);
  if (value <= 0xff) return byte(0xcc) + byte(value);
  if (value <= 0xffffffff) return head(value, 0xcd, 0xce);
  return byte(0xcf) + wide(value);
}

function negative(value: number): string {
  if (value >= -32) return byte(value);
  if (value >= -0x80) return byte(0xd0) + byte(value);
  if (value >= -0x8000) return byte(0xd1) + two(value);
  if (value >= -0x80000000) return byte(0xd2) + four(value);
  return byte(0xd3) + wide(value);
}

function stringHead(size: number): string {
  if (size < 32) return byte(0xa0 | size);
  return size <= 0xff ? byte(0xd9) + byte(size) : head(size, 0xda, 0xdb);
}

/** A tag and a size of two bytes, or the other and one of four. */
function head(size: number, short: number, long: number): string {
  return size <= 0xffff ? byte(short) + two(size) : byte(long) + four(size);
}

function byte(value: number): string {
  return String.fromCharCode(value & 0xff);
}

function two(value: number): string {
  return byte(value >> 8) + byte(value);
}

function four(value: number): string {
  return two(value >>> 16) + two(value);
}

function wide(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(value)));
  return bytes.toString('latin1');
}
