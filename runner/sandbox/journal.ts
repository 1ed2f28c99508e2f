import { EventEmitter } from 'node:events';
import type { Reply } from '../redis/resp';

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
  readonly output: OutputLine[] = [];
  readonly wire: (WireCommand | WirePush)[] = [];
  readonly exchanges: Exchange[] = [];
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #start = performance.now();

  /** Milliseconds since the journal was opened. */
  now(): number {
    return performance.now() - this.#start;
  }

  /** Tells everyone who waits that something was added or something ended. */
  changed(): void {
    this.#changes.emit('change');
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
