/** The part of fengari's API (Lua 5.3's own, in JavaScript) that scripts need; npm has no types. */
declare module 'fengari' {
  /** What a place of the stack holds. */
  interface Place {
    readonly type: number;
    readonly value: unknown;
  }

  /** A Lua state, and what of its stack the function that runs has. */
  interface State {
    readonly __lua: unique symbol;
    readonly stack: (Place | undefined)[];
    /** The place after the last one. */
    readonly top: number;
    /** Where the function stands, with its arguments after it, and how far it may go. */
    readonly ci: { readonly funcOff: number; readonly top: number };
  }

  type NativeFunction = (L: State) => number;

  const lua: {
    LUA_OK: number;
    LUA_YIELD: number;
    LUA_REGISTRYINDEX: number;
    LUA_MASKCOUNT: number;
    LUA_TNIL: number;
    LUA_TBOOLEAN: number;
    LUA_TLIGHTUSERDATA: number;
    LUA_TNUMBER: number;
    LUA_TSTRING: number;
    LUA_TTABLE: number;
    LUA_TFUNCTION: number;
    lua_checkstack(L: State, size: number): boolean;
    lua_createtable(L: State, items: number, fields: number): void;
    lua_error(L: State): never;
    lua_gettop(L: State): number;
    lua_insert(L: State, index: number): void;
    lua_isyieldable(L: State): boolean;
    lua_newthread(L: State): State;
    lua_next(L: State, index: number): number;
    lua_pcall(L: State, args: number, results: number, handler: number): number;
    lua_pop(L: State, count: number): void;
    lua_pushboolean(L: State, value: boolean): void;
    lua_pushglobaltable(L: State): void;
    lua_pushinteger(L: State, value: number): void;
    lua_pushjsfunction(L: State, value: NativeFunction): void;
    lua_pushlightuserdata(L: State, value: null): void;
    lua_pushnil(L: State): void;
    lua_pushnumber(L: State, value: number): void;
    lua_pushstring(L: State, value: Uint8Array): void;
    lua_pushvalue(L: State, index: number): void;
    lua_rawget(L: State, index: number): number;
    lua_rawgeti(L: State, index: number, place: number): number;
    lua_rawset(L: State, index: number): void;
    lua_resume(L: State, from: State | null, args: number): number;
    lua_rawseti(L: State, index: number, place: number): void;
    lua_sethook(L: State, hook: NativeFunction | null, mask: number, count: number): void;
    lua_setupvalue(L: State, index: number, place: number): Uint8Array | null;
    lua_settop(L: State, top: number): void;
    lua_tocfunction(L: State, index: number): NativeFunction | null;
    lua_toboolean(L: State, index: number): boolean;
    lua_tonumber(L: State, index: number): number;
    lua_tostring(L: State, index: number): Uint8Array | null;
    lua_type(L: State, index: number): number;
    lua_typename(L: State, type: number): Uint8Array;
    lua_xmove(from: State, to: State, count: number): void;
    lua_yield(L: State, results: number): void;
  };
  const lauxlib: {
    luaL_argerror(L: State, at: number, text: Uint8Array | null): never;
    luaL_checknumber(L: State, index: number): number;
    luaL_checkstring(L: State, index: number): Uint8Array;
    luaL_error(L: State, text: Uint8Array | null): never;
    luaL_loadbuffer(L: State, text: Uint8Array, size: number, name: Uint8Array): number;
    luaL_newstate(): State;
    luaL_ref(L: State, table: number): number;
    luaL_unref(L: State, table: number, place: number): void;
  };
  const lualib: { luaL_openlibs(L: State): void };

  export { lauxlib, lua, lualib, type NativeFunction, type Place, type State };
}

declare module 'fengari/src/lobject.js' {
  import type { State } from 'fengari';

  /** Pushes a string, for which there must be room. */
  export function pushsvalue2s(L: State, string: object): void;
}
