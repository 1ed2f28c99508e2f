import type { Reply } from '../protocol/reply';

/** ms that a script runs before the others' turn comes: their sockets, and the screen's. */
const SLICE = 10;

/** A script or a function on its way. */
export interface Run {
  readonly kind: 'SCRIPT' | 'FUNCTION';
  /** Of the command that calls a function. */
  readonly words: readonly string[];
  /** Goes on for so many ms. @returns its reply; undefined where there is more to do */
  advance(ms: number): Reply | undefined;
  /** Makes it fail as soon as it goes on. */
  kill(): void;
  readonly wrote: boolean;
}

/** The client whose script runs. */
export interface Owner {
  blocked: { cancel(): void; unblock(withError: boolean): void } | undefined;
  /** Told of its script's reply. */
  readonly served: ((reply: Reply) => void) | undefined;
  readonly outlet: { write(reply: Reply): void; resume(): void };
}

/** The script that runs for longer than one turn; meanwhile nobody else's commands do. */
export class Busy {
  #run: Run | undefined;
  #since = 0;
  #slow = false;
  readonly #held = new Set<() => void>();

  /**
   * @param threshold ms from which on others are told
   * @param turn does what belongs before and after a turn of the owner's
   */
  constructor(
    readonly threshold: () => number,
    readonly turn: (owner: Owner, go: () => void) => void,
  ) {}

  /** The script that runs. */
  get run(): Run | undefined {
    return this.#run;
  }

  /** Whether it has run for so long that others are answered BUSY; before that they wait. */
  get isSlow(): boolean {
    return this.#run !== undefined && this.#slow;
  }

  /** ms that it has run. */
  get duration(): number {
    return Date.now() - this.#since;
  }

  /** Calls back, once, when the script is over or slow. */
  hold(resume: () => void): void {
    this.#held.add(resume);
  }

  /**
   * Runs a script, if need be in turns.
   * @returns its reply; undefined where it comes later, to the owner
   */
  carry(owner: Owner, run: Run): Reply | undefined {
    this.#since = Date.now();
    this.#slow = false;
    this.#run = run;
    const reply = run.advance(SLICE);
    if (reply === undefined) {
      owner.blocked = { cancel() {}, unblock() {} };
      this.#goOn(owner, run);
    } else this.#run = undefined;
    return reply;
  }

  /** The server ends, and the script with it. */
  close(): void {
    this.#run = undefined;
    this.#held.clear();
  }

  #goOn(owner: Owner, run: Run): void {
    setImmediate(() => {
      if (this.#run !== run) return;
      let reply: Reply | undefined;
      this.turn(owner, () => {
        reply = run.advance(SLICE);
        if (reply === undefined) return;
        this.#run = undefined;
        owner.blocked = undefined;
        owner.served?.(reply);
        owner.outlet.write(reply);
      });
      const slow = this.duration >= this.threshold();
      if (reply === undefined) {
        if (slow && !this.#slow) {
          this.#slow = true;
          this.#release();
        }
        this.#goOn(owner, run);
      } else {
        owner.outlet.resume();
        this.#release();
      }
    });
  }

  #release(): void {
    const held = [...this.#held];
    this.#held.clear();
    for (const resume of held) resume();
  }
}
