import type { Settings } from './settings/settings';

/** One kind of refusal, as ACL LOG shows it. */
export interface Refusal {
  count: number;
  /** The command that was refused, as it was typed. */
  readonly object: string;
  readonly username: string;
  readonly context: 'toplevel' | 'multi';
  /** ms since 1970, of the last one. */
  at: number;
  client: string;
}

/** Entries alike within so many ms are one. */
const TOGETHER = 60_000;

/** Wrong passwords, the newest first, for ACL LOG. */
export class AccessLog {
  #refusals: Refusal[] = [];

  constructor(readonly settings: Settings) {}

  get refusals(): readonly Refusal[] {
    return this.#refusals;
  }

  /**
   * @param username that the client gave
   * @param object the name of the command that was refused, as it was typed
   * @param context where it ran
   * @param client its line in CLIENT LIST
   */
  refused(username: string, object: string, context: Refusal['context'], client: string): void {
    const now = Date.now();
    const known = this.#refusals.find(
      (one) =>
        one.object === object &&
        one.username === username &&
        one.context === context &&
        now - one.at < TOGETHER,
    );
    const others = this.#refusals.filter((one) => one !== known);
    const count = (known?.count ?? 0) + 1;
    const entry = { count, object, username, context, at: now, client };
    // One that is there already stays, however few the log may have by now.
    const most = known ? Number.POSITIVE_INFINITY : this.settings.number('acllog-max-len');
    this.#refusals = [entry, ...others].slice(0, most);
  }

  clear(): void {
    this.#refusals = [];
  }
}
