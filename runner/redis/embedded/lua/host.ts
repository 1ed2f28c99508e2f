import './configuration';
import { lauxlib, lua, lualib, type NativeFunction, type State } from 'fengari';
import { CommandError } from '../protocol/command-error';
import { formatScore } from '../protocol/numbers';
import type { Reply } from '../protocol/reply';
import { resp2, resp3 } from '../protocol/resp';
import { VERSION } from '../protocol/version';
import { pushBits } from './bit';
import type { Caller } from './caller';
import { decodeJson, encodeJson, NULL } from './cjson';
import { sha1 } from './digest';
import { formatText } from './format';
import { packMessages, unpackLimit, unpackMessages, unpackOne } from './message-pack';
import { PRELUDE } from './prelude';
import { LuaRun } from './run';
import { packStruct, sizeOfStruct, unpackStruct } from './struct';
import { bytesAt, fieldAt, pushBytes, pushField, pushList, pushReply, replyAt } from './value';

/** A Lua state (fengari) set up as Redis sets up its own, and the scripts compiled in it. */
export class LuaHost {
  readonly #L: State = lauxlib.luaL_newstate();
  readonly #compiled = new Map<string, number>();
  readonly #runner: number;
  /** Puts its line into an error. */
  readonly #handler: number;
  /** What scripts see as their globals, for reading alone. */
  readonly #globals: number;
  #thread: State | undefined;
  #caller: Caller = { client: resp2, resp: resp2, run: () => '' };

  constructor() {
    const L = this.#L;
    lualib.luaL_openlibs(L);
    this.#defineHost();
    load(L, PRELUDE, '@prelude');
    if (lua.lua_pcall(L, 0, 3, 0) !== lua.LUA_OK) throw new Error(bytesAt(L, -1));
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
    if (!load(this.#L, text, '@user_script')) {
      const reason = bytesAt(this.#L, -1).replace(/near <eof>$/, "near '<eof>'");
      lua.lua_pop(this.#L, 1);
      throw new CommandError(`ERR Error compiling script (new function): ${reason}`);
    }
    lua.lua_rawgeti(this.#L, lua.LUA_REGISTRYINDEX, this.#globals);
    // The first upvalue of a chunk is its _ENV.
    lua.lua_setupvalue(this.#L, -2, 1);
    this.#compiled.set(digest, lauxlib.luaL_ref(this.#L, lua.LUA_REGISTRYINDEX));
  }

  /**
   * A compiled script that is to run. One at a time: it must have ended before the next begins.
   * What it returns becomes a reply; what went wrong is an error reply.
   */
  start(digest: string, keys: readonly string[], args: readonly string[], caller: Caller): LuaRun {
    const L = this.#L;
    this.#caller = caller;
    this.#setGlobal('KEYS', keys);
    this.#setGlobal('ARGV', args);
    const thread = this.#threadFor();
    lua.lua_rawgeti(thread, lua.LUA_REGISTRYINDEX, this.#runner);
    lua.lua_rawgeti(thread, lua.LUA_REGISTRYINDEX, this.#compiled.get(digest) ?? 0);
    lua.lua_rawgeti(thread, lua.LUA_REGISTRYINDEX, this.#handler);
    return new LuaRun(L, thread, 2, (done) => {
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
    const top = lua.lua_gettop(L);
    if (!reported) return `-ERR ${bytesAt(L, -1).replace(/[\r\n]/g, ' ')}\r\n`;
    const reason = fieldAt(L, top, 'err') ?? 'ERR unknown error';
    const line = fieldAt(L, top, 'line');
    const place = line === undefined ? '' : ` script: ${digest}, on @user_script:${line}.`;
    return `-${reason.replace(/[\r\n]/g, ' ')}${place}\r\n`;
  }

  #setGlobal(name: string, items: readonly string[]): void {
    lua.lua_pushglobaltable(this.#L);
    pushBytes(this.#L, name);
    pushList(this.#L, items);
    lua.lua_rawset(this.#L, -3);
    lua.lua_pop(this.#L, 1);
  }

  /** The table of our functions that the prelude builds on. */
  #defineHost(): void {
    const L = this.#L;
    const functions: Record<string, NativeFunction> = {
      call: (L) => this.#callCommand(L, true),
      pcall: (L) => this.#callCommand(L, false),
      sha1hex: (L) => {
        if (lua.lua_gettop(L) === 1) pushBytes(L, sha1(bytesAt(L, 1)));
        else return raise(L, 'ERR wrong number of arguments');
        return 1;
      },
      format: formatText,
      setresp: (L) => this.#setProtocol(L),
      json_encode: encodeJson,
      json_decode: decodeJson,
      null: NULL,
      pack: packMessages,
      unpack: unpackMessages,
      unpack_one: unpackOne,
      unpack_limit: unpackLimit,
      struct_pack: packStruct,
      struct_unpack: unpackStruct,
      struct_size: sizeOfStruct,
    };
    lua.lua_pushglobaltable(L);
    pushBytes(L, 'host');
    lua.lua_createtable(L, 0, 8);
    for (const [name, run] of Object.entries(functions)) {
      pushBytes(L, name);
      lua.lua_pushjsfunction(L, run);
      lua.lua_rawset(L, -3);
    }
    pushBytes(L, 'version');
    pushBytes(L, VERSION);
    lua.lua_rawset(L, -3);
    pushBytes(L, 'version_number');
    lua.lua_pushnumber(
      L,
      VERSION.split('.').reduce((all, part) => all * 256 + Number(part), 0),
    );
    lua.lua_rawset(L, -3);
    pushBytes(L, 'bit');
    pushBits(L);
    lua.lua_rawset(L, -3);
    lua.lua_rawset(L, -3);
    lua.lua_pop(L, 1);
  }

  /** `redis.setresp(2)` or 3: for the rest of this script. */
  #setProtocol(L: State): number {
    if (lua.lua_gettop(L) !== 1) return raise(L, 'ERR redis.setresp() requires one argument.');
    const version = lua.lua_tonumber(L, 1);
    if (version !== 2 && version !== 3) return raise(L, 'ERR RESP version must be 2 or 3.');
    this.#caller.resp = version === 3 ? resp3 : resp2;
    return 0;
  }

  #callCommand(L: State, raising: boolean): number {
    const count = lua.lua_gettop(L);
    const args: string[] = [];
    for (let at = 1; at <= count; at += 1) {
      const type = lua.lua_type(L, at);
      if (type === lua.LUA_TNUMBER) args.push(formatScore(lua.lua_tonumber(L, at)));
      else if (type === lua.LUA_TSTRING) args.push(bytesAt(L, at));
      else break;
    }
    const reply = args.length < count || count === 0 ? unfit(count) : this.#caller.run(args);
    pushReply(L, reply);
    return raising && reply.startsWith('-') ? lua.lua_error(L) : 1;
  }
}

function raise(L: State, text: string): never {
  pushField(L, 'err', text);
  return lua.lua_error(L);
}

function unfit(count: number): Reply {
  return count === 0
    ? '-ERR Please specify at least one argument for this redis lib call\r\n'
    : '-ERR Lua redis lib command arguments must be strings or integers\r\n';
}

/** Leaves the function on the stack, or the reason why there is none. */
function load(L: State, text: string, name: string): boolean {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const label = Uint8Array.from(name, (character) => character.charCodeAt(0));
  return lauxlib.luaL_loadbuffer(L, bytes, bytes.length, label) === lua.LUA_OK;
}
