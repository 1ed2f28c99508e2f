import { lua, type State } from 'fengari';
import { pushBytes } from './value';

const operations: Record<string, (left: number, right: number) => number> = {
  band: (left, right) => left & right,
  bor: (left, right) => left | right,
  bxor: (left, right) => left ^ right,
  lshift: (left, right) => left << right,
  rshift: (left, right) => left >>> right,
  arshift: (left, right) => left >> right,
};

/** Pushes `bit`, the library of Redis's Lua: 32-bit operations on numbers. */
export function pushBits(L: State): void {
  lua.lua_createtable(L, 0, 8);
  for (const [name, operation] of Object.entries(operations)) {
    define(L, name, (values) => values.reduce((left, right) => operation(left, right)));
  }
  define(L, 'bnot', ([value = 0]) => ~value);
  define(L, 'tobit', ([value = 0]) => value);
}

function define(L: State, name: string, run: (values: number[]) => number): void {
  pushBytes(L, name);
  lua.lua_pushjsfunction(L, () => {
    const values: number[] = [];
    for (let at = 1; at <= lua.lua_gettop(L); at += 1) values.push(lua.lua_tonumber(L, at) | 0);
    lua.lua_pushnumber(L, run(values) | 0);
    return 1;
  });
  lua.lua_rawset(L, -3);
}
