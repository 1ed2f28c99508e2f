import { createRequire } from 'node:module';
import path from 'node:path';
import { loadChanged } from '../../../load-changed.cjs';
import { keepPlaces } from './keep-places';
import { replaceStrings } from './lua-string';
import { numberText } from './number-text';
import { readOlderSyntax } from './syntax/older-syntax';
import { readNumber } from './syntax/read-number';

/*
 * Makes fengari, which is Lua 5.3, count as the Lua 5.1 of Redis does, and so must come before the
 * rest of it is loaded: it reads its settings and its types as it loads. Every number is a double:
 * there is no type for integers, which have 32 bits in fengari, and none is ever taken for one.
 * They print as in Lua 5.1, a whole one as “5” and not as “5.0”, and are read as by C; the one light
 * userdata there is, cjson's null, prints as by C. Programs that are started later see nothing of it.
 */
const fromHere = createRequire(__filename);
const sources = path.dirname(fromHere.resolve('fengari'));
const load = (name: string) => loadChanged(sources, keepPlaces, () => fromHere(name));

const before = process.env.FENGARICONF;
process.env.FENGARICONF = '{"LUA_COMPAT_FLOATSTRING":true}';
const { constant_types: types } = load('fengari/src/defs.js');
types.LUA_TNUMINT = types.LUA_TNUMFLT;
replaceStrings(load('fengari/src/lstring.js'));
load('fengari/src/luaconf.js').lua_number2str = numberText;
const auxiliary = load('fengari/src/lauxlib.js');
const { lua_pushstring, lua_type } = load('fengari/src/lapi.js');
const { luaL_tolstring: textOf } = auxiliary;
auxiliary.luaL_tolstring = (L: unknown, at: number) =>
  lua_type(L, at) === types.LUA_TLIGHTUSERDATA
    ? lua_pushstring(L, Buffer.from('userdata: (nil)'))
    : textOf(L, at);
load('fengari');
const objects = load('fengari/src/lobject.js');
objects.TValue.prototype.ttisinteger = () => false;
objects.luaO_str2num = readNumber;
readOlderSyntax(load('fengari/src/llex.js'), load('fengari/src/ldebug.js'), objects);
// After an error that pcall caught in a coroutine, fengari forgets that hooks may be called, and no
// script could be interrupted any more: the flag that it reads there must be one that is set.
const states = load('fengari/src/lstate.js');
states.CIST_OAH = states.CIST_YPCALL;
if (before === undefined) delete process.env.FENGARICONF;
else process.env.FENGARICONF = before;
