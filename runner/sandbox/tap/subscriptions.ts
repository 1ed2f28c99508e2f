/**
 * What one connection listens to, as Redis has confirmed it: tells the answers to a command from
 * what comes by itself.
 */
export class Subscriptions {
  /** The names that stand, by the kind of subscription. */
  readonly #names = new Map<string, Set<string>>();
  /** Confirmations still to come for the command in hand. */
  #left = 0;

  /**
   * Whether a push, or the array that RESP2 has in its place, comes by itself.
   * @param command the oldest that has no answer yet, in capitals
   */
  comesByItself({ isPush, kind, name }: Told, command = ''): boolean {
    if (isPush) return !(confirmations.has(kind) && isSubscription(command));
    const family = messages[kind];
    return family !== undefined && (this.#names.get(family)?.has(name) ?? false);
  }

  /**
   * Takes in a confirmation.
   * @param asked how many names the command has; one that has none ends all of its kind
   * @returns whether it is the last for its command
   */
  confirmed({ kind, name }: Told, asked: number): boolean {
    const family = kind.replace('unsubscribe', 'subscribe');
    const names = this.#names.get(family) ?? new Set();
    this.#names.set(family, names);
    if (this.#left === 0) this.#left = asked || Math.max(1, names.size);
    if (kind === family) names.add(name);
    else names.delete(name);
    this.#left -= 1;
    return this.#left === 0;
  }

  /** RESET ends them all, and confirms none. */
  clear(): void {
    this.#names.clear();
  }
}

/** The beginning of what Redis sent: what it is, and about which channel or pattern. */
interface Told {
  isPush: boolean;
  kind: string;
  name: string;
}

/** Whether Redis confirms a command once for each name. @param command in capitals */
export function isSubscription(command: string): boolean {
  return confirmations.has(command.toLowerCase());
}

const confirmations = new Set(
  'subscribe unsubscribe psubscribe punsubscribe ssubscribe sunsubscribe'.split(' '),
);

/** What a message is called, and the kind of subscription by which it comes. */
const messages: Record<string, string> = {
  message: 'subscribe',
  pmessage: 'psubscribe',
  smessage: 'ssubscribe',
};
