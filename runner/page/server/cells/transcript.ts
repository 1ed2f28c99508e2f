import type { CellRun, CellStatus, CellUpdate, LeftKey, WireEvent } from '../../protocol';

/** Hears what is new of a run. */
export type Tell = (update: CellUpdate) => void;

/** All that was told of one run, for a page that comes back. */
export class Transcript {
  readonly run: string;
  readonly #tell: Tell;
  readonly #events: WireEvent[] = [];
  #keys: LeftKey[] = [];
  #status: CellStatus = { state: 'runs', words: '' };

  constructor(run: string, tell: Tell) {
    this.run = run;
    this.#tell = tell;
  }

  get whole(): CellRun {
    const { run } = this;
    return { run, events: this.#events, keys: this.#keys, status: this.#status };
  }

  get status(): CellStatus {
    return this.#status;
  }

  /** How many events there are: the id of the next one. */
  get length(): number {
    return this.#events.length;
  }

  see(events: WireEvent[]): void {
    if (events.length === 0) return;
    this.#events.push(...events);
    this.#tell({ kind: 'cell', run: this.run, events });
  }

  left(keys: LeftKey[]): void {
    if (JSON.stringify(keys) === JSON.stringify(this.#keys)) return;
    this.#keys = keys;
    this.#tell({ kind: 'cell', run: this.run, keys });
  }

  become(status: CellStatus): void {
    this.#status = status;
    this.#tell({ kind: 'cell', run: this.run, status });
  }
}
