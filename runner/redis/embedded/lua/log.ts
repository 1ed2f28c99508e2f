import { lua, type State } from 'fengari';
import { pushField } from './value';

/** `redis.log` for a library: nothing is written, but its arguments are looked at. */
export function checkLog(L: State): number {
  if (lua.lua_gettop(L) < 2) return raise(L, 'ERR redis.log() requires two arguments or more.');
  if (lua.lua_type(L, 1) !== lua.LUA_TNUMBER) {
    return raise(L, 'ERR First argument must be a number (log level).');
  }
  const level = lua.lua_tonumber(L, 1);
  return level < 0 || level > 3 ? raise(L, 'ERR Invalid debug level.') : 0;
}

/** Raises an error table with that text. */
export function raise(L: State, text: string): never {
  pushField(L, 'err', text);
  return lua.lua_error(L);
}
