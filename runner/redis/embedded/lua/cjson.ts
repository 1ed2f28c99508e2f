import { lua, type State } from 'fengari';
import { bytesAt, pushBytes } from './value';

/** Tables nested deeper than this are refused, as by the cjson of Redis. */
const MAX_DEPTH = 1000;

/** Stands for JSON's null; Redis has a light userdatum there. It is only compared, never called. */
export const NULL = (): number => 0;

/** `cjson.encode` of the first argument: text, or nil and what is wrong. */
export function encodeJson(L: State): number {
  try {
    pushBytes(L, encode(L, 1, 0));
    return 1;
  } catch (reason) {
    lua.lua_pushnil(L);
    pushBytes(L, reason instanceof Error ? reason.message : String(reason));
    return 2;
  }
}

/** `cjson.decode` of the first argument: a value, or nil and what is wrong. */
export function decodeJson(L: State): number {
  const text = Buffer.from(bytesAt(L, 1), 'latin1').toString();
  try {
    push(L, JSON.parse(text));
    return 1;
  } catch {
    lua.lua_pushnil(L);
    pushBytes(L, 'Expected value but found invalid token at character 1');
    return 2;
  }
}

function encode(L: State, index: number, depth: number): string {
  if (depth > MAX_DEPTH) throw new Error('Cannot serialise, excessive depth (1001)');
  lua.lua_checkstack(L, 6);
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TSTRING:
      return quote(bytesAt(L, index));
    case lua.LUA_TNUMBER:
      return number(lua.lua_tonumber(L, index));
    case lua.LUA_TBOOLEAN:
      return String(lua.lua_toboolean(L, index));
    case lua.LUA_TTABLE:
      return encodeTable(L, index, depth);
    default:
      return 'null';
  }
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new Error('Cannot serialise number: must not be NaN or Inf');
  return String(Number(value.toPrecision(14)));
}

/** Keys 1 to n make an array, anything else an object; an empty table is an object. */
function encodeTable(L: State, index: number, depth: number): string {
  const fields: string[] = [];
  const items: string[] = [];
  lua.lua_pushnil(L);
  while (lua.lua_next(L, index) !== 0) {
    const top = lua.lua_gettop(L);
    const value = encode(L, top, depth + 1);
    if (lua.lua_type(L, top - 1) === lua.LUA_TNUMBER) {
      const key = lua.lua_tonumber(L, top - 1);
      items[key - 1] = value;
      fields.push(`"${number(key)}":${value}`);
    } else fields.push(`${quote(bytesAt(L, top - 1))}:${value}`);
    lua.lua_pop(L, 1);
  }
  const whole = items.length === fields.length && fields.length > 0;
  return whole ? `[${items.join(',')}]` : `{${fields.join(',')}}`;
}

/** Bytes from 0x80 on go as they are: the text is UTF-8 already. */
function quote(bytes: string): string {
  return JSON.stringify(bytes).replaceAll('/', '\\/').replaceAll('\x7f', '\\u007f');
}

function push(L: State, value: unknown): void {
  lua.lua_checkstack(L, 4);
  if (value === null || value === undefined) lua.lua_pushjsfunction(L, NULL);
  else if (typeof value === 'boolean') lua.lua_pushboolean(L, value);
  else if (typeof value === 'number') lua.lua_pushnumber(L, value);
  else if (typeof value === 'string') pushBytes(L, Buffer.from(value).toString('latin1'));
  else if (Array.isArray(value)) {
    lua.lua_createtable(L, value.length, 0);
    for (const [at, item] of value.entries()) {
      push(L, item);
      lua.lua_rawseti(L, -2, at + 1);
    }
  } else {
    lua.lua_createtable(L, 0, 4);
    for (const [key, item] of Object.entries(value)) {
      pushBytes(L, Buffer.from(key).toString('latin1'));
      push(L, item);
      lua.lua_rawset(L, -3);
    }
  }
}
