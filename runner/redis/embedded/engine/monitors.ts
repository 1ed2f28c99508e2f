import { quoted } from '../../protocol/reply-text';
import { type Reply, status } from '../protocol/reply';

/** A client that asked by MONITOR for every command that runs. */
export interface Monitor {
  readonly outlet: { write(reply: Reply): void };
}

/** The clients that MONITOR, and Redis's line for them. */
export class Monitors {
  readonly #monitors = new Set<Monitor>();

  add(monitor: Monitor): void {
    this.#monitors.add(monitor);
  }

  delete(monitor: Monitor): void {
    this.#monitors.delete(monitor);
  }

  /**
   * Shows a command.
   * @param from the address of the client, or `lua`
   */
  show(db: number, from: string, args: readonly string[]): void {
    if (this.#monitors.size === 0) return;
    const now = Date.now();
    const time = `${Math.floor(now / 1000)}.${String(now % 1000).padStart(3, '0')}000`;
    const words = args.map((arg) => quoted(Buffer.from(arg, 'latin1')));
    const line = status(`${time} [${db} ${from}] ${words.join(' ')}`);
    for (const monitor of this.#monitors) monitor.outlet.write(line);
  }
}
