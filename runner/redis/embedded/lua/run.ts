import { lua, type State } from 'fengari';
import type { Reply } from '../protocol/reply';
import { pushBytes } from './value';

/** Lua instructions between two looks at the clock. */
const INSTRUCTIONS = 20_000;
/** ms that a script may take where it cannot be interrupted: the runner's process waits for it. */
const LONGEST = 5000;

/** A Lua function that runs as a coroutine, and so can rest in the middle of it. */
export class LuaRun {
  #killed: string | undefined;
  #started = false;
  #sliceEnd = 0;
  #end = 0;

  /**
   * @param thread with the function and its arguments on its stack
   * @param settle makes the reply of what it leaves on the stack; told whether it ended well
   */
  constructor(
    readonly main: State,
    readonly thread: State,
    readonly args: number,
    readonly settle: (done: boolean) => Reply,
  ) {}

  /**
   * Goes on.
   * @param ms after which it rests if it can; undefined: it does not
   * @returns its reply; undefined where it rests
   */
  advance(ms: number | undefined): Reply | undefined {
    const { thread } = this;
    const now = Date.now();
    this.#sliceEnd = ms === undefined ? Number.POSITIVE_INFINITY : now + ms;
    this.#end = now + LONGEST;
    if (!this.#started) {
      const hook = (L: State) => this.#look(L, hook);
      lua.lua_sethook(thread, hook, lua.LUA_MASKCOUNT, INSTRUCTIONS);
    }
    const status = lua.lua_resume(thread, this.main, this.#started ? 0 : this.args);
    this.#started = true;
    if (status === lua.LUA_YIELD) return undefined;
    lua.lua_sethook(thread, null, 0, 0);
    return this.settle(status === lua.LUA_OK);
  }

  /** From now on every instruction raises the error anew, so that no pcall can hold it up. */
  kill(): void {
    this.#killed = 'Script killed by user with SCRIPT KILL...';
  }

  #look(L: State, hook: (L: State) => number): number {
    const now = Date.now();
    if (this.#killed === undefined && now >= this.#sliceEnd) {
      // Inside a callback of table.sort, or in a coroutine of the script's own, it cannot rest.
      if (L === this.thread && lua.lua_isyieldable(L)) {
        lua.lua_yield(L, 0);
        return 0;
      }
    }
    if (now >= this.#end) this.#killed ??= `Script killed after ${LONGEST / 1000} seconds`;
    if (this.#killed === undefined) return 0;
    lua.lua_sethook(L, hook, lua.LUA_MASKCOUNT, 1);
    pushBytes(L, this.#killed);
    return lua.lua_error(L);
  }
}

/** Lets Lua raise an error as soon as so many ms are over. */
export function limitTime(L: State, ms: number, reason: string): void {
  const end = Date.now() + ms;
  const look = (at: State) => {
    if (Date.now() < end) return 0;
    pushBytes(at, reason);
    return lua.lua_error(at);
  };
  lua.lua_sethook(L, look, lua.LUA_MASKCOUNT, INSTRUCTIONS);
}
