import { lauxlib, lua, type Place, type State } from 'fengari';
import { pushsvalue2s } from 'fengari/src/lobject.js';
import { readFloat } from '../protocol/numbers';
import { array, bulk, error, integer, type Reply, status } from '../protocol/reply';
import type { Caller } from './caller';
import { LuaString } from './lua-string';

/** Pushes bytes: a character each, as everywhere here. */
export function pushBytes(L: State, text: string): void {
  pushsvalue2s(L, LuaString.ofText(text));
  if (L.top > L.ci.top) throw new Error('stack overflow');
}

/** The string, or the number as text, at that place of the stack. */
export function bytesAt(L: State, index: number): string {
  const value = placeAt(L, index)?.value;
  if (value instanceof LuaString) return value.text;
  const bytes = lua.lua_tostring(L, index);
  return bytes ? Buffer.from(bytes).toString('latin1') : '';
}

/** What is there, of the arguments from 1 on or down from the top at -1. */
export function placeAt(L: State, index: number): Place | undefined {
  const place = index > 0 ? L.ci.funcOff + index : L.top + index;
  return place < L.top ? L.stack[place] : undefined;
}

/** Raises an error that begins with the place of the call. */
export function fail(L: State, reason: string): never {
  pushBytes(L, reason.replaceAll('%', '%%'));
  return lauxlib.luaL_error(L, lua.lua_tostring(L, -1));
}

/** Raises an error that says no more than this. */
export function raiseText(L: State, reason: string): never {
  pushBytes(L, reason);
  return lua.lua_error(L);
}

/** Raises an error about an argument. */
export function argumentFault(L: State, at: number, reason: string): never {
  pushBytes(L, reason);
  return lauxlib.luaL_argerror(L, at, lua.lua_tostring(L, -1));
}

/** The argument's bytes: of a string, or of a number as text; raises an error for anything else. */
export function checkBytes(L: State, index: number): Uint8Array {
  return lauxlib.luaL_checkstring(L, index);
}

/** The argument as a whole number, its fraction cut off; raises an error where it is no number. */
export function checkInteger(L: State, index: number): number {
  return Math.trunc(lauxlib.luaL_checknumber(L, index));
}

/** The same, where the argument may be missing. */
export function optionalInteger(L: State, index: number, otherwise: number): number {
  return lua.lua_type(L, index) > lua.LUA_TNIL ? checkInteger(L, index) : otherwise;
}

/** Places on the stack that a function of Lua 5.1's may use (its LUAI_MAXCSTACK). */
const MAX_STACK = 8000;

/** Makes room on the stack; raises Lua 5.1's error where a function has as much as it may have. */
export function demandStack(L: State, places: number, reason: string): void {
  if (!hasRoom(L, places)) fail(L, `stack overflow (${reason})`);
}

/** Makes room on the stack. @returns false where a function has as much as it may have */
export function hasRoom(L: State, places: number): boolean {
  // An error needs places as well.
  lua.lua_checkstack(L, places + 20);
  return lua.lua_gettop(L) + places <= MAX_STACK;
}

/** Pushes a list of strings as a table. */
export function pushList(L: State, items: readonly string[]): void {
  lua.lua_createtable(L, items.length, 0);
  for (const [at, item] of items.entries()) {
    pushBytes(L, item);
    lua.lua_rawseti(L, -2, at + 1);
  }
}

/** Pushes a table with one field. */
export function pushField(L: State, name: string, value: string): void {
  lua.lua_createtable(L, 0, 1);
  pushBytes(L, name);
  pushBytes(L, value);
  lua.lua_rawset(L, -3);
}

/**
 * Pushes a reply as Redis hands it to Lua: nil is false, a status {ok=…}, an error {err=…}; what
 * only RESP3 has is a table of its own, such as {double=…}, and its null is nil.
 * Integers go as floats, because fengari's own integers have 32 bits only.
 * @returns the place after it
 */
export function pushReply(L: State, reply: Reply, at = 0): number {
  const end = reply.indexOf('\r\n', at);
  const head = reply.slice(at + 1, end);
  const next = end + 2;
  const size = Number(head);
  lua.lua_checkstack(L, 6);
  switch (reply[at]) {
    case '+':
      pushField(L, 'ok', head);
      return next;
    case '-':
      pushField(L, 'err', head);
      return next;
    case ':':
      lua.lua_pushnumber(L, size);
      return next;
    case '_':
      lua.lua_pushnil(L);
      return next;
    case '#':
      lua.lua_pushboolean(L, head === 't');
      return next;
    case ',':
      return pushTyped(L, 'double', () => {
        lua.lua_pushnumber(L, readFloat(head) ?? Number.NaN);
        return next;
      });
    case '(':
      pushField(L, 'big_number', head);
      return next;
    case '=':
      return pushTyped(L, 'verbatim_string', () => {
        pushField(L, 'format', reply.slice(next, next + 3));
        pushBytes(L, 'string');
        pushBytes(L, reply.slice(next + 4, next + size));
        lua.lua_rawset(L, -3);
        return next + size + 2;
      });
    case '$':
      if (size < 0) {
        lua.lua_pushboolean(L, false);
        return next;
      }
      pushBytes(L, reply.slice(next, next + size));
      return next + size + 2;
    case '%':
      return pushTyped(L, 'map', () =>
        pushKeys(L, reply, next, size, (at) => pushReply(L, reply, at)),
      );
    case '~':
      return pushTyped(L, 'set', () =>
        pushKeys(L, reply, next, size, (at) => {
          lua.lua_pushboolean(L, true);
          return at;
        }),
      );
    default:
      return pushArray(L, reply, next, size);
  }
}

/** Pushes a table with one field. @param push its value, and returns the place after it */
function pushTyped(L: State, name: string, push: () => number): number {
  lua.lua_createtable(L, 0, 1);
  pushBytes(L, name);
  const next = push();
  lua.lua_rawset(L, -3);
  return next;
}

/** Pushes a table with these keys. @param push pushes the value of one, and returns the place after it */
function pushKeys(
  L: State,
  reply: Reply,
  start: number,
  size: number,
  push: (at: number) => number,
): number {
  let at = start;
  lua.lua_createtable(L, 0, size);
  for (let count = 0; count < size; count += 1) {
    at = push(pushReply(L, reply, at));
    lua.lua_rawset(L, -3);
  }
  return at;
}

function pushArray(L: State, reply: Reply, start: number, size: number): number {
  if (size < 0) {
    lua.lua_pushboolean(L, false);
    return start;
  }
  let at = start;
  lua.lua_createtable(L, size, 0);
  for (let place = 1; place <= size; place += 1) {
    at = pushReply(L, reply, at);
    lua.lua_rawseti(L, -2, place);
  }
  return at;
}

/** What a script returns, at the top of the stack, as a reply: numbers lose their fraction. */
export function replyAt(L: State, caller: Caller, index: number, depth = 0): Reply {
  const { client, resp } = caller;
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TSTRING:
      return bulk(bytesAt(L, index));
    case lua.LUA_TNUMBER:
      return integer(truncate(lua.lua_tonumber(L, index)));
    case lua.LUA_TBOOLEAN:
      if (resp.version === 3) return client.boolean(lua.lua_toboolean(L, index));
      return lua.lua_toboolean(L, index) ? integer(1) : client.nil;
    case lua.LUA_TTABLE:
      if (depth > 100) return error('ERR reached lua stack limit');
      return tableReply(L, caller, index < 0 ? lua.lua_gettop(L) + index + 1 : index, depth);
    default:
      return client.nil;
  }
}

function truncate(value: number): bigint | number {
  if (Number.isNaN(value) || Math.abs(value) >= 2 ** 63) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}

function tableReply(L: State, caller: Caller, index: number, depth: number): Reply {
  const failed = fieldAt(L, index, 'err');
  if (failed !== undefined) return error(failed);
  const done = fieldAt(L, index, 'ok');
  if (done !== undefined) return status(done.replace(/[\r\n]/g, ' '));
  const typed = typedReply(L, caller, index, depth);
  if (typed !== undefined) return typed;
  lua.lua_checkstack(L, 4);
  const items: Reply[] = [];
  for (let place = 1; ; place += 1) {
    const type = lua.lua_rawgeti(L, index, place);
    if (type !== lua.LUA_TNIL) items.push(replyAt(L, caller, -1, depth + 1));
    lua.lua_pop(L, 1);
    if (type === lua.LUA_TNIL) return array(items);
  }
}

/** The table at that place as one of the types of RESP3; undefined where it is none. */
function typedReply(L: State, caller: Caller, index: number, depth: number): Reply | undefined {
  const { client } = caller;
  const top = lua.lua_gettop(L);
  lua.lua_checkstack(L, 6);
  const isA = (name: string, type: number, at = index) => {
    pushBytes(L, name);
    return lua.lua_rawget(L, at) === type;
  };
  try {
    if (isA('double', lua.LUA_TNUMBER)) return client.double(lua.lua_tonumber(L, -1));
    if (isA('map', lua.LUA_TTABLE)) return client.map(entriesAt(L, caller, depth));
    if (isA('set', lua.LUA_TTABLE)) {
      return client.set(array(entriesAt(L, caller, depth).map(([key]) => key)));
    }
    if (isA('big_number', lua.LUA_TSTRING)) {
      return client.bigNumber(bytesAt(L, -1).replace(/[\r\n]/g, ' '));
    }
    if (!isA('verbatim_string', lua.LUA_TTABLE)) return undefined;
    const at = lua.lua_gettop(L);
    if (!isA('string', lua.LUA_TSTRING, at) || !isA('format', lua.LUA_TSTRING, at))
      return undefined;
    return client.verbatim(bytesAt(L, -2), bytesAt(L, -1));
  } finally {
    lua.lua_settop(L, top);
  }
}

/** Keys and values of the table on top of the stack, as replies. */
function entriesAt(L: State, caller: Caller, depth: number): [key: Reply, value: Reply][] {
  const at = lua.lua_gettop(L);
  const entries: [Reply, Reply][] = [];
  lua.lua_pushnil(L);
  while (lua.lua_next(L, at)) {
    entries.push([replyAt(L, caller, -2, depth + 1), replyAt(L, caller, -1, depth + 1)]);
    lua.lua_pop(L, 1);
  }
  return entries;
}

/** A string field of the table at that place; undefined for anything else. */
export function fieldAt(L: State, index: number, name: string): string | undefined {
  lua.lua_checkstack(L, 2);
  pushBytes(L, name);
  const type = lua.lua_rawget(L, index);
  const plain = type === lua.LUA_TSTRING || type === lua.LUA_TNUMBER;
  const value = plain ? bytesAt(L, -1) : undefined;
  lua.lua_pop(L, 1);
  return value;
}
