import { CommandError, noScript } from '../protocol/command-error';
import { error, type Reply } from '../protocol/reply';
import type { Engine } from '../server/engine';
import { runForScript } from '../server/execute';
import { Session } from '../server/session';
import { sha1 } from './digest';
import { LuaHost } from './host';

/** A script's session has nobody to write to. */
const NOBODY = { address: 'lua', write() {}, resume() {}, end() {}, kill() {} };

/** The scripts of one embedded Redis by their digests, and the Lua state that runs them. */
export class Scripts {
  readonly #texts = new Map<string, string>();
  #host: LuaHost | undefined;

  constructor(readonly engine: Engine) {}

  /** Keeps a script. @returns its digest @throws CommandFault where it is not Lua */
  load(text: string): string {
    const digest = sha1(text);
    this.#hostFor().compile(digest, text);
    this.#texts.set(digest, text);
    return digest;
  }

  has(digest: string): boolean {
    return this.#texts.has(digest.toLowerCase());
  }

  flush(): void {
    this.#texts.clear();
    this.close();
  }

  /**
   * Runs a script that is kept, as one command of the session.
   * @throws CommandFault NOSCRIPT
   */
  run(session: Session, digest: string, keys: string[], args: string[], reading: boolean): Reply {
    const name = digest.toLowerCase();
    const text = this.#texts.get(name);
    if (text === undefined) throw noScript();
    const host = this.#hostFor();
    host.compile(name, text);
    const caller = new Session(this.engine, session.id, NOBODY, { scripted: true });
    caller.db = session.db;
    try {
      return host.run(name, keys, args, (words) => answer(caller, words, reading));
    } catch (fault) {
      // Out of memory or of stack: the state may be in pieces, so the next script gets another.
      this.close();
      throw fault;
    }
  }

  close(): void {
    this.#host = undefined;
  }

  /** Made at the first script: most instances never see one. */
  #hostFor(): LuaHost {
    this.#host ??= new LuaHost();
    return this.#host;
  }
}

function answer(caller: Session, words: string[], reading: boolean): Reply {
  try {
    return runForScript(caller, words, reading);
  } catch (fault) {
    if (fault instanceof CommandError) return error(fault.message);
    throw fault;
  }
}
