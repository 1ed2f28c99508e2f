import { EventEmitter } from 'node:events';
import type { Reply } from '../../redis/protocol/resp';

/** One line that a program printed. Times are milliseconds since the journal was opened. */
export interface OutputLine {
  program: string;
  stream: 'stdout' | 'stderr';
  text: string;
  at: number;
}

/** One command that a program sent, and what came back. */
export interface WireCommand {
  kind: 'command';
  program: string;
  /** Which of the program's connections, from 1. */
  connection: number;
  at: number;
  /** Name in capitals, arguments as sent. */
  words: string[];
  reply?: Reply;
  repliedAt?: number;
}

/** A message that Redis pushed to a subscriber. */
export interface WirePush {
  kind: 'push';
  program: string;
  connection: number;
  at: number;
  reply: Reply[];
}

export type WireEntry = WireCommand | WirePush;

/** One request to a program's server and its answer. */
export interface Exchange {
  program: string;
  at: number;
  request: string;
  status?: number;
  contentType?: string;
  body?: string;
}

/** What was seen during one check, in the order in which it was seen. */
export class Journal {
  readonly exchanges: Exchange[] = [];
  readonly output: OutputLine[] = [];
  readonly #wire: WireEntry[] = [];
  readonly #most: number;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #start = performance.now();
  #deferred: (() => void)[] = [];

  /** @param most lines, and entries of the wire, that are kept: the first ones */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** Milliseconds since the journal was opened. */
  now(): number {
    return performance.now() - this.#start;
  }

  /** Tells everyone who waits that something was added or something ended. */
  changed(): void {
    this.#changes.emit('change');
  }

  /** What passed the taps. */
  get wire(): WireEntry[] {
    this.settle();
    return this.#wire;
  }

  /** Adds a line that a program printed. */
  printed(program: string, stream: OutputLine['stream'], text: string): void {
    if (this.output.length < this.#most)
      this.output.push({ program, stream, text, at: this.now() });
  }

  /** Adds what passed a tap. */
  passed(entry: WireEntry): void {
    if (this.#wire.length < this.#most) this.#wire.push(entry);
  }

  /**
   * Has something read once the bytes at hand have been passed on, before the event loop waits
   * for more; in the order of the calls.
   */
  defer(read: () => void): void {
    this.#deferred.push(read);
    if (this.#deferred.length > 1) return;
    setImmediate(() => {
      this.settle();
      this.changed();
    });
  }

  /** Reads at once what was deferred. */
  settle(): void {
    const deferred = this.#deferred;
    if (deferred.length === 0) return;
    this.#deferred = [];
    for (const read of deferred) read();
  }

  /** The commands one program sent. */
  commands(program: string): WireCommand[] {
    return this.wire.filter(
      (entry): entry is WireCommand => entry.kind === 'command' && entry.program === program,
    );
  }

  /**
   * Waits until the condition holds, looking again at each change.
   * @param limit milliseconds
   * @returns whether it came to hold in time
   */
  until(condition: () => boolean, limit: number, signal?: AbortSignal): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (held: boolean) => {
        clearTimeout(timer);
        this.#changes.off('change', look);
        signal?.removeEventListener('abort', abort);
        resolve(held);
      };
      const look = () => condition() && finish(true);
      const abort = () => finish(false);
      const timer = setTimeout(() => finish(condition()), limit);
      this.#changes.on('change', look);
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
    });
  }
}
