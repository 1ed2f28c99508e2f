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
import { packStruct, sizeOfStruct, unpackStruct } from './struct';
import { bytesAt, fieldAt, pushBytes, pushField, pushList, pushReply, replyAt } from './value';

/** ms that a script may take: it runs in the runner's own process, which waits for it. */
const TIME_LIMIT = 5000;
/** Lua instructions between two looks at the clock. */
const INSTRUCTIONS = 100_000;

/** A Lua state (fengari) set up as Redis sets up its own, and the scripts compiled in it. */
export class LuaHost {
  readonly #L: State = lauxlib.luaL_newstate();
  readonly #compiled = new Map<string, number>();
  readonly #runner: number;
  /** What scripts see as their globals, for reading alone. */
  readonly #globals: number;
  #caller: Caller = { client: resp2, resp: resp2, run: () => '' };

  constructor() {
    const L = this.#L;
    lualib.luaL_openlibs(L);
    this.#defineHost();
    load(L, PRELUDE, '@prelude');
    if (lua.lua_pcall(L, 0, 2, 0) !== lua.LUA_OK) throw new Error(bytesAt(L, -1));
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
   * Runs a compiled script.
   * @returns its value as a reply; what went wrong is an error reply
   */
  run(digest: string, keys: readonly string[], args: readonly string[], caller: Caller): Reply {
    const L = this.#L;
    const top = lua.lua_gettop(L);
    this.#caller = caller;
    this.#setGlobal('KEYS', keys);
    this.#setGlobal('ARGV', args);
    lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, this.#runner);
    lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, this.#compiled.get(digest) ?? 0);
    this.#limitTime();
    const status = lua.lua_pcall(L, 1, 2, 0);
    lua.lua_sethook(L, null, 0, 0);
    const reply =
      status === lua.LUA_OK && lua.lua_toboolean(L, -2)
        ? replyAt(L, caller, -1)
        : this.#failure(digest, status === lua.LUA_OK);
    lua.lua_settop(L, top);
    return reply;
  }

  #failure(digest: string, reported: boolean): Reply {
    const L = this.#L;
    const top = lua.lua_gettop(L);
    if (!reported) return `-ERR ${bytesAt(L, -1).replace(/[\r\n]/g, ' ')}\r\n`;
    const reason = fieldAt(L, top, 'err') ?? 'ERR unknown error';
    const line = fieldAt(L, top, 'line');
    const place = line === undefined ? '' : ` script: ${digest}, on @user_script:${line}.`;
    return `-${reason.replace(/[\r\n]/g, ' ')}${place}\r\n`;
  }

  /** Past the limit every instruction raises the error anew, so that no pcall can hold it up. */
  #limitTime(): void {
    const L = this.#L;
    const end = Date.now() + TIME_LIMIT;
    const hook = () => {
      if (Date.now() < end) return 0;
      lua.lua_sethook(L, hook, lua.LUA_MASKCOUNT, 1);
      pushBytes(L, `Script killed after ${TIME_LIMIT / 1000} seconds`);
      return lua.lua_error(L);
    };
    lua.lua_sethook(L, hook, lua.LUA_MASKCOUNT, INSTRUCTIONS);
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
      call: () => this.#callCommand(true),
      pcall: () => this.#callCommand(false),
      sha1hex: () => {
        if (lua.lua_gettop(L) === 1) pushBytes(L, sha1(bytesAt(L, 1)));
        else return raise(L, 'ERR wrong number of arguments');
        return 1;
      },
      format: formatText,
      setresp: () => this.#setProtocol(),
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
  #setProtocol(): number {
    const L = this.#L;
    if (lua.lua_gettop(L) !== 1) return raise(L, 'ERR redis.setresp() requires one argument.');
    const version = lua.lua_tonumber(L, 1);
    if (version !== 2 && version !== 3) return raise(L, 'ERR RESP version must be 2 or 3.');
    this.#caller.resp = version === 3 ? resp3 : resp2;
    return 0;
  }

  #callCommand(raising: boolean): number {
    const L = this.#L;
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
