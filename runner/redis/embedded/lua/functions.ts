import { CommandError } from '../protocol/command-error';
import type { Caller } from './caller';
import type { LuaHost } from './host';
import { type Library, type LibraryFunction, libraryName } from './library';
import type { ScriptRandom } from './random';
import type { LuaRun } from './run';

/** The libraries of functions of one embedded Redis, and the Lua state that they live in. */
export class Functions {
  #libraries = new Map<string, Library>();
  #functions = new Map<string, LibraryFunction>();
  #host: LuaHost | undefined;

  constructor(readonly random: ScriptRandom) {}

  get libraries(): readonly Library[] {
    return [...this.#libraries.values()];
  }

  /** How many functions all libraries have. */
  get count(): number {
    return this.libraries.reduce((sum, { functions }) => sum + functions.length, 0);
  }

  /** The function of that name, in any case. */
  get(name: string): LibraryFunction | undefined {
    // After a fault the libraries have to go into another Lua state first.
    if (this.#libraries.size > 0) this.#hostFor();
    return this.#functions.get(name.toLowerCase());
  }

  /**
   * Takes a library in.
   * @param replacing one of the same name may go
   * @returns its name
   * @throws CommandError, and then nothing has changed
   */
  load(code: string, replacing: boolean): string {
    const name = libraryName(code);
    const host = this.#hostFor();
    const before = this.#libraries.get(name);
    if (before && !replacing) throw new CommandError(`ERR Library '${name}' already exists`);
    const functions = host.loadLibrary(code);
    if (functions.length === 0) throw new CommandError('ERR No functions registered');
    const own = new Set(before?.functions.map((one) => one.name.toLowerCase()));
    for (const one of functions) {
      const key = one.name.toLowerCase();
      if (this.#functions.has(key) && !own.has(key)) {
        throw new CommandError(`ERR Function ${one.name} already exists`);
      }
    }
    if (before) {
      this.#unlink(before);
      this.#release(before);
    }
    this.#link({ name, code, functions });
    return name;
  }

  /** @throws CommandError where there is no such library */
  delete(name: string): void {
    const library = this.#libraries.get(name);
    if (!library) throw new CommandError('ERR Library not found');
    this.#unlink(library);
    this.#release(library);
  }

  /** All libraries go; the Lua state stays, and what they have set in it. */
  flush(): void {
    for (const library of this.libraries) this.#release(library);
    this.#libraries.clear();
    this.#functions.clear();
  }

  /**
   * Takes in what was dumped.
   * @param policy what becomes of the libraries that are here: all go, none does, or those of the
   *   same names
   * @throws CommandError, and then nothing has changed
   */
  restore(codes: readonly string[], policy: 'flush' | 'append' | 'replace'): void {
    // First of all, for it may have to load the libraries anew.
    this.#hostFor();
    const [libraries, functions] = [new Map(this.#libraries), new Map(this.#functions)];
    try {
      for (const library of this.libraries) if (policy === 'flush') this.#unlink(library);
      for (const code of codes) {
        const before = this.#libraries.get(libraryName(code));
        if (before && policy !== 'replace') {
          throw new CommandError(`ERR Library ${before.name} already exists`);
        }
        if (before) this.#unlink(before);
      }
      for (const code of codes) this.load(code, false);
    } catch (fault) {
      [this.#libraries, this.#functions] = [libraries, functions];
      throw fault;
    }
    for (const library of libraries.values()) {
      if (this.#libraries.get(library.name) !== library) this.#release(library);
    }
  }

  /** A function that is to run. */
  start(
    { callback, name }: LibraryFunction,
    keys: readonly string[],
    args: readonly string[],
    caller: Caller,
  ): LuaRun {
    return this.#hostFor().startFunction(callback, name, keys, args, caller);
  }

  /** Gives the Lua state up; where a function is asked for again, the libraries go into another. */
  close(): void {
    this.#host = undefined;
  }

  #link(library: Library): void {
    this.#libraries.set(library.name, library);
    // Of two names that differ in their case alone the first counts.
    for (const one of library.functions.toReversed()) {
      this.#functions.set(one.name.toLowerCase(), one);
    }
  }

  #unlink(library: Library): void {
    this.#libraries.delete(library.name);
    for (const { name } of library.functions) {
      this.#functions.delete(name.toLowerCase());
    }
  }

  /** Lets go of the functions in the Lua state. */
  #release({ functions }: Library): void {
    for (const { callback } of functions) this.#host?.release(callback);
  }

  /** Made at the first library: most instances never see one, and Lua takes 20 ms. */
  #hostFor(): LuaHost {
    if (this.#host) return this.#host;
    const { LuaHost } = require('./host') as typeof import('./host');
    const host = new LuaHost('user_function', this.random);
    this.#host = host;
    for (const { name, code } of this.libraries) {
      this.#link({ name, code, functions: host.loadLibrary(code) });
    }
    return host;
  }
}
