import { quoted } from '../../protocol/reply-text';
import { type Reply, status } from '../protocol/reply';

/** A client that asked by MONITOR for every command that runs. */
export interface Monitor {
  readonly outlet: { write(reply: Reply): void };
}

/** The clients that MONITOR, and Redis's line for them. */
export class Monitors {
  readonly #monitors = new Set<Monitor>();
  /** What monitors get of the command whose reply is not written yet, and is their own. */
  #late: { monitor: Monitor; line: Reply }[] = [];

  add(monitor: Monitor): void {
    this.#monitors.add(monitor);
  }

  delete(monitor: Monitor): void {
    this.#monitors.delete(monitor);
  }

  /** Whether anyone looks on. */
  get isWatched(): boolean {
    return this.#monitors.size > 0;
  }

  /**
   * Shows a command.
   * @param db the database in which its client is now
   * @param from the address of the client, or `lua`
   * @param by the client, which gets the line behind its reply
   */
  show(db: number, from: string, args: readonly string[], by: Monitor): void {
    const now = Date.now();
    const time = `${Math.floor(now / 1000)}.${String(now % 1000).padStart(3, '0')}000`;
    const words = args.map((arg) => quoted(Buffer.from(arg, 'latin1')));
    const line = status(`${time} [${db} ${from}] ${words.join(' ')}`);
    for (const monitor of this.#monitors) {
      if (monitor === by) this.#late.push({ monitor, line });
      else monitor.outlet.write(line);
    }
  }

  /** The reply is written: what waited for it goes out. */
  settle(): void {
    if (this.#late.length === 0) return;
    for (const { monitor, line } of this.#late.splice(0)) monitor.outlet.write(line);
  }
}
