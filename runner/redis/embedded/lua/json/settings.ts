import { lauxlib, lua, type State } from 'fengari';
import { castInt32 } from '../cast';
import { argumentFault, bytesAt, checkBytes, pushBytes } from '../value';

/** What scripts can set of a `cjson`. */
export interface JsonSettings {
  /** An array that lacks too much becomes an object; otherwise it is an error. */
  sparseAsObject: boolean;
  /** An array may be so many times as long as it has items; 0: as long as it likes. */
  sparseRatio: number;
  /** An array may be this long whatever it lacks. */
  sparseSafe: number;
  encodeDepth: number;
  decodeDepth: number;
  /** Significant digits. */
  precision: number;
  /** Changes nothing here: there is no buffer to keep. */
  keepBuffer: boolean;
  encodesInvalid: boolean | 'null';
  decodesInvalid: boolean;
}

/** Those of a `cjson` that is new. */
export function jsonSettings(): JsonSettings {
  return {
    sparseAsObject: false,
    sparseRatio: 2,
    sparseSafe: 10,
    encodeDepth: 1000,
    decodeDepth: 1000,
    precision: 14,
    keepBuffer: true,
    encodesInvalid: false,
    decodesInvalid: true,
  };
}

const MOST = 2 ** 31 - 1;
/** Digits of a double that a Lua of Redis prints. */
const MOST_DIGITS = 14;

/**
 * The functions of `cjson` that set, each of which returns what is set afterwards. What one changed
 * before it found a wrong argument stays.
 */
export function jsonSetters(settings: JsonSettings): Record<string, (L: State) => number> {
  return {
    encode_sparse_array: setter(3, (L) => {
      settings.sparseAsObject = flagAt(L, 1, settings.sparseAsObject);
      settings.sparseRatio = integerAt(L, 2, settings.sparseRatio, 0, MOST);
      settings.sparseSafe = integerAt(L, 3, settings.sparseSafe, 0, MOST);
      return [settings.sparseAsObject, settings.sparseRatio, settings.sparseSafe];
    }),
    encode_max_depth: setter(1, (L) => {
      settings.encodeDepth = integerAt(L, 1, settings.encodeDepth, 1, MOST);
      return [settings.encodeDepth];
    }),
    decode_max_depth: setter(1, (L) => {
      settings.decodeDepth = integerAt(L, 1, settings.decodeDepth, 1, MOST);
      return [settings.decodeDepth];
    }),
    encode_number_precision: setter(1, (L) => {
      settings.precision = integerAt(L, 1, settings.precision, 1, MOST_DIGITS);
      return [settings.precision];
    }),
    encode_keep_buffer: setter(1, (L) => {
      settings.keepBuffer = flagAt(L, 1, settings.keepBuffer);
      return [settings.keepBuffer];
    }),
    encode_invalid_numbers: setter(1, (L) => {
      const isNull = lua.lua_type(L, 1) === lua.LUA_TSTRING && bytesAt(L, 1) === 'null';
      settings.encodesInvalid = isNull
        ? 'null'
        : lua.lua_type(L, 1) === lua.LUA_TNIL
          ? settings.encodesInvalid
          : flagAt(L, 1, false);
      return [settings.encodesInvalid];
    }),
    decode_invalid_numbers: setter(1, (L) => {
      settings.decodesInvalid = flagAt(L, 1, settings.decodesInvalid);
      return [settings.decodesInvalid];
    }),
  };
}

function setter(
  most: number,
  set: (L: State) => readonly (boolean | number | 'null')[],
): (L: State) => number {
  return (L) => {
    if (lua.lua_gettop(L) > most) argumentFault(L, most + 1, 'found too many arguments');
    lua.lua_settop(L, most);
    const values = set(L);
    for (const value of values) {
      if (typeof value === 'number') lua.lua_pushnumber(L, value);
      else if (typeof value === 'boolean') lua.lua_pushboolean(L, value);
      else pushBytes(L, value);
    }
    return values.length;
  };
}

/** A boolean, or `on` or `off`; where it is nil, as before. */
function flagAt(L: State, at: number, before: boolean): boolean {
  const type = lua.lua_type(L, at);
  if (type === lua.LUA_TNIL) return before;
  if (type === lua.LUA_TBOOLEAN) return lua.lua_toboolean(L, at);
  checkBytes(L, at);
  const word = bytesAt(L, at);
  if (word !== 'on' && word !== 'off') argumentFault(L, at, `invalid option '${word}'`);
  return word === 'on';
}

function integerAt(L: State, at: number, before: number, least: number, most: number): number {
  if (lua.lua_type(L, at) === lua.LUA_TNIL) return before;
  const value = castInt32(lauxlib.luaL_checknumber(L, at));
  if (value < least || value > most) {
    // Whichever argument it is, cjson blames the first.
    argumentFault(L, 1, `expected integer between ${least} and ${most}`);
  }
  return value;
}
