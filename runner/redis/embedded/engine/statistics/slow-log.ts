import type { Session } from '../session';
import type { Settings } from '../settings/settings';

const MAX_WORDS = 32;
const MAX_BYTES = 128;

export interface SlowEntry {
  readonly id: number;
  /** ms since 1970 */
  readonly at: number;
  /** microseconds */
  readonly us: number;
  readonly args: readonly string[];
  readonly address: string;
  readonly name: string;
}

/** The commands that took long, the newest first. */
export class SlowLog {
  #entries: SlowEntry[] = [];
  #nextId = 0;

  constructor(readonly settings: Settings) {}

  get entries(): readonly SlowEntry[] {
    return this.#entries;
  }

  /** @param us microseconds that a command took */
  isSlow(us: number): boolean {
    const slow = this.settings.number('slowlog-log-slower-than');
    return slow >= 0 && us >= slow;
  }

  /** @param args its words, without what is secret @param us microseconds that it took */
  add({ scripted, name, outlet }: Session, args: readonly string[], us: number): void {
    const address = scripted ? '?:0' : outlet.address;
    const id = this.#nextId++;
    this.#entries.unshift({ id, at: Date.now(), us, args: shorten(args), address, name });
    this.trim();
  }

  /** Keeps no more than `slowlog-max-len` says. */
  trim(): void {
    const most = this.settings.number('slowlog-max-len');
    if (this.#entries.length > most) this.#entries = this.#entries.slice(0, most);
  }

  clear(): void {
    this.#entries = [];
  }
}

function shorten(args: readonly string[]): string[] {
  const most = args.length > MAX_WORDS ? MAX_WORDS - 1 : args.length;
  const words = args
    .slice(0, most)
    .map((arg) =>
      arg.length > MAX_BYTES
        ? `${arg.slice(0, MAX_BYTES)}... (${arg.length - MAX_BYTES} more bytes)`
        : arg,
    );
  if (most < args.length) words.push(`... (${args.length - most} more arguments)`);
  return words;
}
