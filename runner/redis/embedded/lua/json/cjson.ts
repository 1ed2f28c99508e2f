import { lua, type NativeFunction, type State } from 'fengari';
import { argumentFault, bytesAt, checkBytes, fail, pushBytes } from '../value';
import { JsonReader } from './reader';
import { type JsonSettings, jsonSetters, jsonSettings } from './settings';
import { JsonFault, writeJson } from './writer';

/** Pushes a `cjson` with settings of its own, which last as long as it does. */
export function pushJson(L: State): void {
  const settings = jsonSettings();
  const functions: Record<string, NativeFunction> = {
    ...jsonSetters(settings),
    encode: (L) => encode(L, settings),
    decode: (L) => decode(L, settings),
    new: (L) => {
      pushJson(L);
      return 1;
    },
  };
  lua.lua_createtable(L, 0, 13);
  for (const [name, run] of Object.entries(functions)) {
    pushBytes(L, name);
    lua.lua_pushjsfunction(L, run);
    lua.lua_rawset(L, -3);
  }
  for (const [name, text] of [
    ['_NAME', 'cjson'],
    ['_VERSION', '2.1.0'],
  ] as const) {
    pushBytes(L, name);
    pushBytes(L, text);
    lua.lua_rawset(L, -3);
  }
  pushBytes(L, 'null');
  lua.lua_pushlightuserdata(L, null);
  lua.lua_rawset(L, -3);
}

function encode(L: State, settings: JsonSettings): number {
  expectOne(L);
  pushBytes(
    L,
    explained(L, () => writeJson(L, 1, settings)),
  );
  return 1;
}

function decode(L: State, { decodesInvalid, decodeDepth }: JsonSettings): number {
  expectOne(L);
  checkBytes(L, 1);
  const reader = new JsonReader(L, bytesAt(L, 1), decodesInvalid, decodeDepth);
  explained(L, () => reader.read());
  return 1;
}

function expectOne(L: State): void {
  if (lua.lua_gettop(L) !== 1) argumentFault(L, 1, 'expected 1 argument');
}

/** Makes a fault an error of Lua's. */
function explained<Result>(L: State, run: () => Result): Result {
  try {
    return run();
  } catch (fault) {
    if (fault instanceof JsonFault) return fail(L, fault.message);
    throw fault;
  }
}
