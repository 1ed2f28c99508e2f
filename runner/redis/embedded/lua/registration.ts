import { lauxlib, lua, type State } from 'fengari';
import { BAD_NAME, isName, type LibraryFunction } from './library';
import { FLAGS } from './shebang';
import { bytesAt } from './value';

/** What is wrong with the arguments of `redis.register_function`. */
export class RegistrationFault extends Error {}

/**
 * The arguments of `redis.register_function`: a name and a function, or one table of named ones.
 * @param before what the library has registered already
 * @throws RegistrationFault with Redis's words
 */
export function registrationAt(L: State, before: readonly LibraryFunction[]): LibraryFunction {
  const count = lua.lua_gettop(L);
  if (count < 1 || count > 2) fail('wrong number of arguments to redis.register_function');
  const made = count === 1 ? named(L) : positional(L);
  if (!isName(made.name)) throw new RegistrationFault(BAD_NAME);
  if (before.some(({ name }) => name === made.name)) {
    fail('Function already exists in the library');
  }
  return made;
}

function positional(L: State): LibraryFunction {
  if (!isText(L, 1)) fail('first argument to redis.register_function must be a string');
  if (lua.lua_type(L, 2) !== lua.LUA_TFUNCTION) {
    fail('second argument to redis.register_function must be a function');
  }
  const name = bytesAt(L, 1);
  return { name, callback: keep(L), description: undefined, flags: new Set() };
}

function named(L: State): LibraryFunction {
  if (lua.lua_type(L, 1) !== lua.LUA_TTABLE) {
    fail(
      'calling redis.register_function with a single argument is only applicable to Lua table (representing named arguments).',
    );
  }
  let name: string | undefined;
  let callback: number | undefined;
  let description: string | undefined;
  let flags: ReadonlySet<string> = new Set();
  lua.lua_pushnil(L);
  while (lua.lua_next(L, 1)) {
    if (lua.lua_type(L, -2) !== lua.LUA_TSTRING && lua.lua_type(L, -2) !== lua.LUA_TNUMBER) {
      fail('named argument key given to redis.register_function is not a string');
    }
    // Not converted in its place, or lua_next would lose its way.
    lua.lua_pushvalue(L, -2);
    const key = bytesAt(L, -1).toLowerCase();
    lua.lua_pop(L, 1);
    if (key === 'function_name') name = text(L, key);
    else if (key === 'description') description = text(L, key);
    else if (key === 'flags') flags = flagsAt(L);
    else if (key === 'callback') {
      if (lua.lua_type(L, -1) !== lua.LUA_TFUNCTION) {
        fail('callback argument given to redis.register_function must be a function');
      }
      lua.lua_pushvalue(L, -1);
      callback = keep(L);
    } else fail('unknown argument given to redis.register_function');
    lua.lua_pop(L, 1);
  }
  if (name === undefined) fail('redis.register_function must get a function name argument');
  if (callback === undefined) fail('redis.register_function must get a callback argument');
  return { name, callback, description, flags };
}

/** The flags in the list on top of the stack. */
function flagsAt(L: State): ReadonlySet<string> {
  if (lua.lua_type(L, -1) !== lua.LUA_TTABLE) {
    fail('flags argument to redis.register_function must be a table representing function flags');
  }
  const given = new Set<string>();
  for (let place = 1; ; place += 1) {
    const type = lua.lua_rawgeti(L, -1, place);
    const flag = isText(L, -1) ? bytesAt(L, -1).toLowerCase() : '';
    lua.lua_pop(L, 1);
    if (type === lua.LUA_TNIL) break;
    if (!FLAGS.includes(flag)) fail('unknown flag given');
    given.add(flag);
  }
  return new Set(FLAGS.filter((flag) => given.has(flag)));
}

function text(L: State, key: string): string {
  if (!isText(L, -1)) fail(`${key} argument given to redis.register_function must be a string`);
  return bytesAt(L, -1);
}

function isText(L: State, index: number): boolean {
  const type = lua.lua_type(L, index);
  return type === lua.LUA_TSTRING || type === lua.LUA_TNUMBER;
}

/** Takes what is on top of the stack, so that it stays. */
function keep(L: State): number {
  return lauxlib.luaL_ref(L, lua.LUA_REGISTRYINDEX);
}

function fail(reason: string): never {
  throw new RegistrationFault(`ERR ${reason}`);
}
