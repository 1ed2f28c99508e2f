import { lauxlib, lua, type State } from 'fengari';
import { packDouble, packSingle } from '../packed-floats';
import {
  argumentFault,
  bytesAt,
  checkBytes,
  demandStack,
  fail,
  optionalInteger,
  pushBytes,
} from '../value';
import { StructFormat } from './format';

/** `struct.pack(format, …)`. */
export function packStruct(L: State): number {
  checkBytes(L, 1);
  // An argument that is missing counts as nil in what the error says.
  lua.lua_pushnil(L);
  const format = new StructFormat(L, bytesAt(L, 1));
  let out = '';
  let argument = 2;
  for (let item = format.next(0); item; item = format.next(out.length)) {
    const { option, integer, size, padding } = item;
    out += '\0'.repeat(padding);
    if (integer) {
      out += ordered(integerBytes(lauxlib.luaL_checknumber(L, argument), size), format);
      argument += 1;
      continue;
    }
    switch (option) {
      case 'x':
        out += '\0';
        break;
      case 'f':
        out += ordered(reversed(packSingle(lauxlib.luaL_checknumber(L, argument))), format);
        argument += 1;
        break;
      case 'd':
        out += ordered(reversed(packDouble(lauxlib.luaL_checknumber(L, argument))), format);
        argument += 1;
        break;
      case 'c':
      case 's': {
        checkBytes(L, argument);
        const text = bytesAt(L, argument);
        if (text.length < size) argumentFault(L, argument + 1, 'string too short');
        out += size === 0 ? text : text.slice(0, size);
        if (option === 's') out += '\0';
        argument += 1;
        break;
      }
      default:
        format.control(option);
    }
  }
  pushBytes(L, out);
  return 1;
}

/** `struct.unpack(format, bytes, position)`: the values, and the position behind them. */
export function unpackStruct(L: State): number {
  checkBytes(L, 1);
  checkBytes(L, 2);
  const format = new StructFormat(L, bytesAt(L, 1));
  const data = bytesAt(L, 2);
  let at = optionalInteger(L, 3, 1) - 1;
  if (at === -1) argumentFault(L, 3, 'offset must be 1 or greater');
  let count = 0;
  const demand = (size: number) => {
    if (at < 0 || size < 0 || at + size > data.length) argumentFault(L, 2, 'data string too short');
  };
  for (let item = format.next(at); item; item = format.next(at)) {
    const { option, integer } = item;
    let { size } = item;
    at += item.padding;
    demand(size);
    demandStack(L, 2, 'too many results');
    if (integer) {
      const bytes = ordered(data.slice(at, at + size), format);
      lua.lua_pushnumber(L, readInteger(bytes, integer === 'signed'));
      count += 1;
      at += size;
      continue;
    }
    switch (option) {
      case 'x':
        break;
      case 'f':
      case 'd': {
        const bytes = Buffer.from(ordered(data.slice(at, at + size), format), 'latin1');
        lua.lua_pushnumber(L, option === 'f' ? bytes.readFloatLE() : bytes.readDoubleLE());
        count += 1;
        break;
      }
      case 'c':
        if (size === 0) {
          if (count === 0 || lua.lua_type(L, -1) !== lua.LUA_TNUMBER) {
            fail(L, "format 'c0' needs a previous size");
          }
          size = Math.trunc(lua.lua_tonumber(L, -1));
          lua.lua_pop(L, 1);
          count -= 1;
          demand(size);
        }
        pushBytes(L, data.slice(at, at + size));
        count += 1;
        break;
      case 's': {
        const end = data.indexOf('\0', at);
        if (end < 0) fail(L, 'unfinished string in data');
        pushBytes(L, data.slice(at, end));
        size = end - at + 1;
        count += 1;
        break;
      }
      default:
        format.control(option);
    }
    at += size;
  }
  lua.lua_pushnumber(L, at + 1);
  return count + 1;
}

/** `struct.size(format)`: the bytes that it packs to. */
export function sizeOfStruct(L: State): number {
  checkBytes(L, 1);
  const format = new StructFormat(L, bytesAt(L, 1));
  let at = 0;
  for (let item = format.next(at); item; item = format.next(at)) {
    const { option, size, padding } = item;
    if (option === 's') argumentFault(L, 1, "option 's' has no fixed size");
    if (option === 'c' && size === 0) argumentFault(L, 1, "option 'c0' has no fixed size");
    if (!/[a-z0-9]/i.test(option)) format.control(option);
    at += padding + size;
  }
  lua.lua_pushnumber(L, at);
  return 1;
}

/** The low bytes of a number, the lowest first, as x86 casts a double to 64 bits. */
function integerBytes(value: number, size: number): string {
  const bytes = Buffer.alloc(Math.max(8, size));
  bytes.writeBigUInt64LE(BigInt.asUintN(64, wideInteger(value)));
  return bytes.toString('latin1', 0, size);
}

function wideInteger(value: number): bigint {
  if (value >= 2 ** 64) return 0n;
  if (Number.isNaN(value) || value < -(2 ** 63)) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}

/** Bytes, the lowest first, as a number; those past 64 bits are left out. */
function readInteger(text: string, signed: boolean): number {
  const bytes = Buffer.alloc(8);
  bytes.write(text.slice(0, 8), 'latin1');
  const value = bytes.readBigUInt64LE();
  if (!signed || text.length === 0) return Number(value);
  // For more than 8 bytes the shift of x86 begins anew, so the sign is looked for lower.
  const sign = (2n ** 64n - 1n) << BigInt((text.length * 8 - 1) & 63);
  const mask = BigInt.asUintN(64, sign);
  return Number(BigInt.asIntN(64, value & mask ? value | mask : value));
}

/** Between the order of the format and the lowest first. */
function ordered(bytes: string, format: StructFormat): string {
  return format.bigEndian ? reversed(bytes) : bytes;
}

function reversed(bytes: string): string {
  return Array.from(bytes).reverse().join('');
}
