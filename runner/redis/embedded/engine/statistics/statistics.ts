import { Histogram } from './histogram';

/** What one command has come to. */
export interface CommandStatistics {
  calls: number;
  /** Microseconds of all calls. */
  us: number;
  /** Refused before they ran, and answered by an error. */
  rejected: number;
  failed: number;
  readonly durations: Histogram;
}

/** What INFO counts, from the start of the server or from CONFIG RESETSTAT on. */
export class Statistics {
  readonly commands = new Map<string, CommandStatistics>();
  /** Error replies by their code words. */
  readonly errors = new Map<string, number>();
  /** Commands that ran, those of transactions and scripts included. */
  processed = 0;
  connections = 0;
  /** Connections beyond `maxclients`. */
  turnedAway = 0;
  /** Chunks of bytes read and written, and the bytes. */
  readonly read = { chunks: 0, bytes: 0 };
  readonly written = { chunks: 0, bytes: 0 };
  errorReplies = 0;
  /** Keys that have gone by themselves. */
  expired = 0;
  /** Keys that reads found, and did not find. */
  hits = 0;
  misses = 0;

  /**
   * A command has run.
   * @param us microseconds
   * @param kept whether its time goes into the distribution of times
   */
  ran(name: string, us: number, failed: boolean, kept: boolean): void {
    const row = this.#of(name);
    this.processed += 1;
    row.calls += 1;
    row.us += us;
    if (failed) row.failed += 1;
    if (kept) row.durations.add(us);
  }

  /** A command was answered by an error while it waited, which counts as no call. */
  failed(name: string): void {
    this.#of(name).failed += 1;
  }

  rejected(name: string): void {
    this.#of(name).rejected += 1;
  }

  /** @param text an error as it is answered, its code word first */
  answered(text: string): void {
    const word = /^-?(\S*)/.exec(text)?.[1] ?? '';
    this.errorReplies += 1;
    this.errors.set(word, (this.errors.get(word) ?? 0) + 1);
  }

  reset(): void {
    this.commands.clear();
    this.errors.clear();
    this.processed = 0;
    this.connections = 0;
    this.turnedAway = 0;
    this.errorReplies = 0;
    this.expired = 0;
    this.hits = 0;
    this.misses = 0;
    for (const counts of [this.read, this.written]) Object.assign(counts, { chunks: 0, bytes: 0 });
  }

  #of(name: string): CommandStatistics {
    const before = this.commands.get(name);
    if (before) return before;
    const row = { calls: 0, us: 0, rejected: 0, failed: 0, durations: new Histogram() };
    this.commands.set(name, row);
    return row;
  }
}
