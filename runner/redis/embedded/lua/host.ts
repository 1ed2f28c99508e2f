import './configuration';
import { lauxlib, lua, lualib, type NativeFunction, type State } from 'fengari';
import { CommandError } from '../protocol/command-error';
import { formatScore } from '../protocol/numbers';
import type { Reply } from '../protocol/reply';
import { resp2, resp3 } from '../protocol/resp';
import type { Caller } from './caller';
import { sha1 } from './digest';
import { defineHost } from './host-table';
import type { LibraryFunction } from './library';
import { raise } from './log';
import { PRELUDE } from './prelude';
import type { ScriptRandom } from './random';
import { RegistrationFault, registrationAt } from './registration';
import { LuaRun, limitTime } from './run';
import { load } from './syntax/load';
import { bytesAt, fieldAt, pushBytes, pushList, pushReply, replyAt } from './value';

/** ms that the code of a library may take, as in Redis. */
const LONGEST_LOAD = 500;

/** A Lua state (fengari) set up as Redis sets up its own, and the scripts compiled in it. */
export class LuaHost {
  readonly #L: State = lauxlib.luaL_newstate();
  readonly #compiled = new Map<string, number>();
  readonly #runner: number;
  /** Puts its line into an error. */
  readonly #handler: number;
  /** What scripts see as their globals, for reading alone. */
  readonly #globals: number;
  /** What a library sees as its globals; its functions see {@link #globals} through it. */
  readonly #libraryGlobals: number;
  /** Tells the globals of libraries whether one is being loaded. */
  readonly #setLoading: number;
  /** What the library that is being loaded has registered. */
  #registered: LibraryFunction[] | undefined;
  #thread: State | undefined;
  #caller: Caller = { client: resp2, resp: resp2, run: () => '', mayRun: () => undefined };

  /** @param chunk what the errors of the code call it */
  constructor(
    readonly chunk: 'user_script' | 'user_function',
    random: ScriptRandom,
  ) {
    const L = this.#L;
    lualib.luaL_openlibs(L);
    defineHost(L, this.#functions(), random);
    load(L, PRELUDE, '@prelude');
    if (lua.lua_pcall(L, 0, 5, 0) !== lua.LUA_OK) throw new Error(bytesAt(L, -1));
    this.#setLoading = lauxlib.luaL_ref(L, lua.LUA_REGISTRYINDEX);
    this.#libraryGlobals = lauxlib.luaL_ref(L, lua.LUA_REGISTRYINDEX);
    this.#handler = lauxlib.luaL_ref(L, lua.LUA_REGISTRYINDEX);
    this.#runner = lauxlib.luaL_ref(L, lua.LUA_REGISTRYINDEX);
    this.#globals = lauxlib.luaL_ref(L, lua.LUA_REGISTRYINDEX);
  }

  /**
   * Compiles a script, to be run under its digest.
   * @throws CommandError where it is not Lua
   */
  compile(digest: string, text: string): void {
    if (this.#compiled.has(digest)) return;
    this.#loadChunk(text, 'script (new function)', this.#globals);
    this.#compiled.set(digest, lauxlib.luaL_ref(this.#L, lua.LUA_REGISTRYINDEX));
  }

  /**
   * A compiled script that is to run. One at a time: it must have ended before the next begins.
   * What it returns becomes a reply; what went wrong is an error reply.
   */
  start(digest: string, keys: readonly string[], args: readonly string[], caller: Caller): LuaRun {
    this.#setGlobal('KEYS', keys);
    this.#setGlobal('ARGV', args);
    return this.#startKept(this.#compiled.get(digest) ?? 0, digest, [], caller);
  }

  /**
   * A function of a library that is to run, as {@link start} does it.
   * @param kept where the state keeps it
   */
  startFunction(
    kept: number,
    name: string,
    keys: readonly string[],
    args: readonly string[],
    caller: Caller,
  ): LuaRun {
    return this.#startKept(kept, name, [keys, args], caller);
  }

  /**
   * Runs the code of a library.
   * @returns what it has registered
   * @throws CommandError where it is not Lua, or fails
   */
  loadLibrary(code: string): readonly LibraryFunction[] {
    const L = this.#L;
    const registered: LibraryFunction[] = [];
    lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, this.#runner);
    try {
      // The line with the name stays as an empty one, so that the others keep their numbers.
      this.#loadChunk(code.slice(code.indexOf('\n')), 'function', this.#libraryGlobals);
    } catch (fault) {
      lua.lua_pop(L, 1);
      throw fault;
    }
    lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, this.#handler);
    this.#tellLoading(true);
    this.#registered = registered;
    limitTime(L, LONGEST_LOAD, 'FUNCTION LOAD timeout');
    const status = lua.lua_pcall(L, 2, 2, 0);
    lua.lua_sethook(L, null, 0, 0);
    this.#registered = undefined;
    this.#tellLoading(false);
    const done = status === lua.LUA_OK && lua.lua_toboolean(L, -2);
    const reason = done ? '' : this.#reasonOf(L, status === lua.LUA_OK);
    lua.lua_settop(L, 0);
    if (!done) throw new CommandError(`ERR Error registering functions: ${reason}`);
    return registered;
  }

  /** Forgets a function of a library. @param kept where the state keeps it */
  release(kept: number): void {
    lauxlib.luaL_unref(this.#L, lua.LUA_REGISTRYINDEX, kept);
  }

  /** Leaves compiled code on the stack. @throws CommandError where it is not Lua */
  #loadChunk(text: string, kind: string, globals: number): void {
    if (!load(this.#L, text, `@${this.chunk}`)) {
      const reason = bytesAt(this.#L, -1);
      lua.lua_pop(this.#L, 1);
      throw new CommandError(`ERR Error compiling ${kind}: ${reason}`);
    }
    lua.lua_rawgeti(this.#L, lua.LUA_REGISTRYINDEX, globals);
    // The first upvalue of a chunk is its _ENV.
    lua.lua_setupvalue(this.#L, -2, 1);
  }

  #tellLoading(isLoading: boolean): void {
    lua.lua_rawgeti(this.#L, lua.LUA_REGISTRYINDEX, this.#setLoading);
    lua.lua_pushboolean(this.#L, isLoading);
    lua.lua_pcall(this.#L, 1, 0, 0);
  }

  /** @param digest, or a name: what its errors call it @param args lists that it gets */
  #startKept(
    kept: number,
    digest: string,
    args: readonly (readonly string[])[],
    caller: Caller,
  ): LuaRun {
    const L = this.#L;
    this.#caller = caller;
    const thread = this.#threadFor();
    lua.lua_rawgeti(thread, lua.LUA_REGISTRYINDEX, this.#runner);
    lua.lua_rawgeti(thread, lua.LUA_REGISTRYINDEX, kept);
    lua.lua_rawgeti(thread, lua.LUA_REGISTRYINDEX, this.#handler);
    for (const list of args) pushList(thread, list);
    return new LuaRun(L, thread, 2 + args.length, (done) => {
      // Of what a script returns only the first counts: whether it ended well, and its value.
      if (done) lua.lua_settop(thread, 2);
      const reply =
        done && lua.lua_toboolean(thread, -2)
          ? replyAt(thread, caller, -1)
          : this.#failure(thread, digest, done);
      if (done) lua.lua_settop(thread, 0);
      else this.#thread = undefined;
      return reply;
    });
  }

  /** Scripts run in one coroutine after another; one that ended well is used again. */
  #threadFor(): State {
    if (this.#thread) return this.#thread;
    const thread = lua.lua_newthread(this.#L);
    // The registry keeps it from the collector; the last one's place is taken.
    pushBytes(this.#L, 'thread');
    lua.lua_insert(this.#L, -2);
    lua.lua_rawset(this.#L, lua.LUA_REGISTRYINDEX);
    this.#thread = thread;
    return thread;
  }

  #failure(L: State, digest: string, reported: boolean): Reply {
    const reason = this.#reasonOf(L, reported);
    const line = reported ? fieldAt(L, lua.lua_gettop(L), 'line') : undefined;
    const place = line === undefined ? '' : ` script: ${digest}, on @${this.chunk}:${line}.`;
    return `-${reason.replace(/[\r\n]/g, ' ')}${place}\r\n`;
  }

  /** Of the error on top of the stack. @param reported the handler has made a table of it */
  #reasonOf(L: State, reported: boolean): string {
    if (!reported) return `ERR ${bytesAt(L, -1)}`;
    return fieldAt(L, lua.lua_gettop(L), 'err') ?? 'ERR unknown error';
  }

  #setGlobal(name: string, items: readonly string[]): void {
    lua.lua_pushglobaltable(this.#L);
    pushBytes(this.#L, name);
    pushList(this.#L, items);
    lua.lua_rawset(this.#L, -3);
    lua.lua_pop(this.#L, 1);
  }

  /** The functions of this host that the prelude builds on. */
  #functions(): Record<string, NativeFunction> {
    return {
      call: (L) => this.#callCommand(L, true),
      pcall: (L) => this.#callCommand(L, false),
      acl_check_cmd: (L) => this.#checkCommand(L),
      sha1hex: (L) => {
        if (lua.lua_gettop(L) === 1) pushBytes(L, sha1(bytesAt(L, 1)));
        else return raise(L, 'ERR wrong number of arguments');
        return 1;
      },
      register: (L) => this.#register(L),
      setresp: (L) => this.#setProtocol(L),
    };
  }

  /** `redis.setresp(2)` or 3: for the rest of this script. */
  #setProtocol(L: State): number {
    if (lua.lua_gettop(L) !== 1) return raise(L, 'ERR redis.setresp() requires one argument.');
    const version = lua.lua_tonumber(L, 1);
    if (version !== 2 && version !== 3) return raise(L, 'ERR RESP version must be 2 or 3.');
    this.#caller.resp = version === 3 ? resp3 : resp2;
    return 0;
  }

  /** `redis.register_function`, which is for a library's loading alone. */
  #register(L: State): number {
    const registered = this.#registered;
    if (!registered) {
      return raise(L, 'ERR redis.register_function can only be called on FUNCTION LOAD command');
    }
    try {
      registered.push(registrationAt(L, registered));
    } catch (fault) {
      if (fault instanceof RegistrationFault) return raise(L, fault.message);
      throw fault;
    }
    return 0;
  }

  #callCommand(L: State, raising: boolean): number {
    const args = wordsAt(L);
    const reply = typeof args === 'string' ? `-${args}\r\n` : this.#caller.run(args);
    pushReply(L, reply);
    return raising && reply.startsWith('-') ? lua.lua_error(L) : 1;
  }

  /** `redis.acl_check_cmd`: whether the client may run it, whatever it is given. */
  #checkCommand(L: State): number {
    const args = wordsAt(L);
    if (typeof args === 'string') return raise(L, args);
    const may = this.#caller.mayRun(args);
    if (may === undefined) {
      return raise(L, 'ERR Invalid command passed to redis.acl_check_cmd()');
    }
    lua.lua_pushboolean(L, may);
    return 1;
  }
}

/** The words of a command that a function was called with; or what is wrong with them. */
function wordsAt(L: State): readonly string[] | string {
  const count = lua.lua_gettop(L);
  if (count === 0) return 'ERR Please specify at least one argument for this redis lib call';
  const words: string[] = [];
  for (let at = 1; at <= count; at += 1) {
    const type = lua.lua_type(L, at);
    if (type === lua.LUA_TNUMBER) words.push(formatScore(lua.lua_tonumber(L, at)));
    else if (type === lua.LUA_TSTRING) words.push(bytesAt(L, at));
    else return 'ERR Lua redis lib command arguments must be strings or integers';
  }
  return words;
}
