import { lua, type State } from 'fengari';
import { numberText } from './number-text';
import { bytesAt, fail, pushBytes } from './value';

/** Tables nested deeper than this are refused, as by the cjson of Redis. */
const MAX_DEPTH = 1000;

/** An array may be this long whatever it lacks; a longer one needs a value in every other place. */
const SAFE_LENGTH = 10;
const MOST_SPARSE = 2;

/** Stands for JSON's null; Redis has a light userdatum there. It is only compared, never called. */
export const NULL = (): number => 0;

/** `cjson.encode` of the first argument. */
export function encodeJson(L: State): number {
  let text: string;
  try {
    text = encode(L, 1, 0);
  } catch (reason) {
    return fail(L, reason instanceof Error ? reason.message : String(reason));
  }
  pushBytes(L, text);
  return 1;
}

/** `cjson.decode` of the first argument. */
export function decodeJson(L: State): number {
  const text = Buffer.from(bytesAt(L, 1), 'latin1').toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(L, 'Expected value but found invalid token at character 1');
  }
  push(L, value);
  return 1;
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
    case lua.LUA_TNIL:
      return 'null';
    default:
      if (lua.lua_tocfunction(L, index) === NULL) return 'null';
      throw new Error('Cannot serialise function: type not supported');
  }
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new Error('Cannot serialise number: must not be NaN or Inf');
  return numberText(value);
}

/**
 * Whole keys from 1 on make an array, with null where one is missing; anything else, and an empty
 * table, is an object. Source: lua-cjson's lua_array_length, with the settings of Redis.
 */
function encodeTable(L: State, index: number, depth: number): string {
  const fields: string[] = [];
  const places = new Map<number, string>();
  lua.lua_pushnil(L);
  while (lua.lua_next(L, index) !== 0) {
    const top = lua.lua_gettop(L);
    const value = encode(L, top, depth + 1);
    if (lua.lua_type(L, top - 1) === lua.LUA_TNUMBER) {
      const key = lua.lua_tonumber(L, top - 1);
      if (Number.isInteger(key) && key > 0) places.set(key, value);
      fields.push(`"${number(key)}":${value}`);
    } else fields.push(`${quote(bytesAt(L, top - 1))}:${value}`);
    lua.lua_pop(L, 1);
  }
  if (places.size < fields.length || fields.length === 0) return `{${fields.join(',')}}`;
  const most = Math.max(...places.keys());
  if (most > SAFE_LENGTH && most > places.size * MOST_SPARSE) {
    throw new Error('Cannot serialise table: excessively sparse array');
  }
  const items = Array.from({ length: most }, (_, at) => places.get(at + 1) ?? 'null');
  return `[${items.join(',')}]`;
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
