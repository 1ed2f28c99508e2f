import { lua, type State } from 'fengari';
import { castInt32 } from '../cast';
import { general } from '../number-text';
import { bytesAt, hasRoom } from '../value';
import type { JsonSettings } from './settings';

/** Why a value has no JSON: cjson's own words. */
export class JsonFault extends Error {}

/**
 * The value at that place of the stack as JSON, as the cjson of Redis (lua-cjson 2.1.0) writes it.
 * @param depth tables that it is in
 * @throws JsonFault
 */
export function writeJson(L: State, index: number, settings: JsonSettings, depth = 0): string {
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TSTRING:
      return quote(bytesAt(L, index));
    case lua.LUA_TNUMBER:
      return number(lua.lua_tonumber(L, index), settings);
    case lua.LUA_TBOOLEAN:
      return String(lua.lua_toboolean(L, index));
    case lua.LUA_TTABLE:
      return table(L, index, settings, depth + 1);
    case lua.LUA_TNIL:
    case lua.LUA_TLIGHTUSERDATA:
      return 'null';
    default:
      throw new JsonFault(`Cannot serialise ${typeName(L, index)}: type not supported`);
  }
}

function number(value: number, { encodesInvalid, precision }: JsonSettings): string {
  if (Number.isFinite(value)) return general(value, precision, false);
  if (encodesInvalid === false) {
    throw new JsonFault('Cannot serialise number: must not be NaN or Inf');
  }
  if (encodesInvalid === 'null') return 'null';
  return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
}

function table(L: State, index: number, settings: JsonSettings, depth: number): string {
  if (depth > settings.encodeDepth || !hasRoom(L, 3)) {
    throw new JsonFault(`Cannot serialise, excessive nesting (${depth})`);
  }
  const length = arrayLength(L, index, settings);
  const parts: string[] = [];
  const top = lua.lua_gettop(L);
  if (length > 0) {
    for (let place = 1; place <= length; place += 1) {
      lua.lua_rawgeti(L, index, place);
      parts.push(writeJson(L, top + 1, settings, depth));
      lua.lua_pop(L, 1);
    }
    return `[${parts.join(',')}]`;
  }
  lua.lua_pushnil(L);
  while (lua.lua_next(L, index) !== 0) {
    const key = keyText(L, top + 1, settings);
    parts.push(`${key}:${writeJson(L, top + 2, settings, depth)}`);
    lua.lua_pop(L, 1);
  }
  return `{${parts.join(',')}}`;
}

function keyText(L: State, index: number, settings: JsonSettings): string {
  const type = lua.lua_type(L, index);
  if (type === lua.LUA_TNUMBER) return `"${number(lua.lua_tonumber(L, index), settings)}"`;
  if (type === lua.LUA_TSTRING) return quote(bytesAt(L, index));
  const name = typeName(L, index);
  throw new JsonFault(`Cannot serialise ${name}: table key must be a number or string`);
}

/**
 * Whole keys from 1 on make an array; anything else, and an empty table, is an object.
 * @returns the largest key; 0 or less for an object
 */
function arrayLength(L: State, index: number, settings: JsonSettings): number {
  let most = 0;
  let items = 0;
  lua.lua_pushnil(L);
  while (lua.lua_next(L, index) !== 0) {
    lua.lua_pop(L, 1);
    const key = lua.lua_type(L, -1) === lua.LUA_TNUMBER ? lua.lua_tonumber(L, -1) : 0;
    if (key < 1 || Math.floor(key) !== key) {
      lua.lua_pop(L, 1);
      return 0;
    }
    // A key that is too large for an int counts as the lowest one.
    if (key > most) most = key < 2 ** 31 ? key : castInt32(-(2 ** 31));
    items += 1;
  }
  const { sparseRatio, sparseSafe, sparseAsObject } = settings;
  if (sparseRatio === 0 || most <= items * sparseRatio || most <= sparseSafe) return most;
  if (sparseAsObject) return 0;
  throw new JsonFault('Cannot serialise table: excessively sparse array');
}

/** Bytes from 0x80 on go as they are: the text is UTF-8 already. */
function quote(bytes: string): string {
  return JSON.stringify(bytes).replaceAll('/', '\\/').replaceAll('\x7f', '\\u007f');
}

function typeName(L: State, index: number): string {
  return Buffer.from(lua.lua_typename(L, lua.lua_type(L, index))).toString('latin1');
}
