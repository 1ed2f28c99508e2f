import { lauxlib, lua, type NativeFunction, type State } from 'fengari';
import { castInt32 } from './cast';
import type { ScriptRandom } from './random';
import { argumentFault, fail } from './value';

/** `math.random` and `math.randomseed` of Lua 5.1. @param source where the numbers come from */
export function randomFunctions(source: ScriptRandom): Record<string, NativeFunction> {
  return {
    random: (L) => random(L, source.next()),
    randomseed: (L) => {
      source.seed(castInt32(lauxlib.luaL_checknumber(L, 1)));
      return 0;
    },
  };
}

/** @param part from 0 up to but not including 1 */
function random(L: State, part: number): number {
  const count = lua.lua_gettop(L);
  if (count === 0) {
    lua.lua_pushnumber(L, part);
    return 1;
  }
  if (count > 2) fail(L, 'wrong number of arguments');
  const first = castInt32(lauxlib.luaL_checknumber(L, 1));
  const [low, high] = count === 1 ? [1, first] : [first, castInt32(lauxlib.luaL_checknumber(L, 2))];
  if (low > high) argumentFault(L, count, 'interval is empty');
  // The number of them is an int, and so may come out negative.
  const size = (high - low + 1) | 0;
  lua.lua_pushnumber(L, Math.floor(part * size) + low);
  return 1;
}
