import { noScript } from '../protocol/command-error';
import type { Caller } from './caller';
import { sha1 } from './digest';
import type { LuaHost } from './host';
import type { ScriptRandom } from './random';
import type { LuaRun } from './run';
import { scriptParts } from './shebang';

/** The scripts of one embedded Redis by their digests, and the Lua state that runs them. */
export class Scripts {
  readonly #texts = new Map<string, string>();
  #host: LuaHost | undefined;

  constructor(readonly random: ScriptRandom) {}

  /** Keeps a script. @returns its digest @throws CommandError where it is not Lua */
  load(text: string): string {
    const digest = sha1(text);
    this.#hostFor().compile(digest, scriptParts(text).body);
    this.#texts.set(digest, text);
    return digest;
  }

  /** How many are kept. */
  get count(): number {
    return this.#texts.size;
  }

  has(digest: string): boolean {
    return this.#texts.has(digest.toLowerCase());
  }

  /** What a script says of itself in its first line; undefined where it has no such line. */
  flags(digest: string): ReadonlySet<string> | undefined {
    return scriptParts(this.#texts.get(digest.toLowerCase()) ?? '').flags;
  }

  flush(): void {
    this.#texts.clear();
    this.close();
  }

  /**
   * A script that is kept, and is to run.
   * @throws CommandError NOSCRIPT
   */
  start(digest: string, keys: readonly string[], args: readonly string[], caller: Caller): LuaRun {
    const name = digest.toLowerCase();
    const text = this.#texts.get(name);
    if (text === undefined) throw noScript();
    const host = this.#hostFor();
    host.compile(name, scriptParts(text).body);
    return host.start(name, keys, args, caller);
  }

  close(): void {
    this.#host = undefined;
  }

  /** Loaded and made at the first script: most instances never see one, and Lua takes 20 ms. */
  #hostFor(): LuaHost {
    if (!this.#host) {
      const { LuaHost } = require('./host') as typeof import('./host');
      this.#host = new LuaHost('user_script', this.random);
    }
    return this.#host;
  }
}
