import { lauxlib, lua, type NativeFunction, type State } from 'fengari';
import { castInt32 } from './cast';
import { argumentFault, bytesAt, checkBytes } from './value';

const OPTIONS = ['collect', 'stop', 'restart', 'count', 'step', 'setpause', 'setstepmul'];

/** What Lua 5.1 begins with. */
const PERCENT = 200;

/**
 * `collectgarbage` and `gcinfo` of Lua 5.1. JavaScript collects for us, so they only answer; what
 * is in use is all of JavaScript's, in kB.
 */
export function garbageFunctions(): Record<string, NativeFunction> {
  const percents = new Map<string, number>();
  return {
    collectgarbage: (L) => collect(L, percents),
    gcinfo: (L) => {
      lua.lua_pushnumber(L, inUse());
      return 1;
    },
  };
}

function collect(L: State, percents: Map<string, number>): number {
  const option = isGiven(L, 1) ? optionAt(L) : 'collect';
  const value = isGiven(L, 2) ? castInt32(lauxlib.luaL_checknumber(L, 2)) : 0;
  if (option === 'step') lua.lua_pushboolean(L, false);
  else if (option === 'count') lua.lua_pushnumber(L, inUse());
  else if (option.startsWith('set')) {
    lua.lua_pushnumber(L, percents.get(option) ?? PERCENT);
    percents.set(option, value);
  } else lua.lua_pushnumber(L, 0);
  return 1;
}

function optionAt(L: State): string {
  checkBytes(L, 1);
  const option = bytesAt(L, 1);
  return OPTIONS.includes(option) ? option : argumentFault(L, 1, `invalid option '${option}'`);
}

function isGiven(L: State, at: number): boolean {
  return lua.lua_type(L, at) > lua.LUA_TNIL;
}

function inUse(): number {
  return Math.round(process.memoryUsage().heapUsed / 1024);
}
