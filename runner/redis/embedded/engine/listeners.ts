import type { Reply } from '../protocol/reply';
import type { Resp } from '../protocol/resp';
import { NAME_COST } from './limits';

/** A client as its subscriptions see it. */
export interface Subscriber {
  readonly channels: Set<string>;
  readonly patterns: Set<string>;
  readonly shardChannels: Set<string>;
  /** Bytes in the names that it is subscribed to, and others that are kept for it. */
  names: number;
  /** The protocol that it speaks. */
  readonly resp: Resp;
  readonly outlet: { push(message: Reply): void };
}

/** Who listens to which names of one kind: channels, patterns, or channels of a shard. */
export class Listeners {
  readonly #byName = new Map<string, Set<Subscriber>>();

  /** @param namesOf the names of this kind that a client is subscribed to */
  constructor(readonly namesOf: (subscriber: Subscriber) => Set<string>) {}

  /** How many names somebody listens to. */
  get size(): number {
    return this.#byName.size;
  }

  /** The names that somebody listens to. */
  names(): string[] {
    return [...this.#byName.keys()];
  }

  /** Those who listen to a name; undefined for nobody. */
  to(name: string): ReadonlySet<Subscriber> | undefined {
    return this.#byName.get(name);
  }

  entries(): IterableIterator<[name: string, subscribers: ReadonlySet<Subscriber>]> {
    return this.#byName.entries();
  }

  add(subscriber: Subscriber, name: string): void {
    const names = this.namesOf(subscriber);
    if (!names.has(name)) subscriber.names += name.length + NAME_COST;
    names.add(name);
    const subscribers = this.#byName.get(name);
    if (subscribers) subscribers.add(subscriber);
    else this.#byName.set(name, new Set([subscriber]));
  }

  remove(subscriber: Subscriber, name: string): void {
    if (this.namesOf(subscriber).delete(name)) subscriber.names -= name.length + NAME_COST;
    const subscribers = this.#byName.get(name);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) this.#byName.delete(name);
  }

  /** The client listens to none of them any more. */
  leave(subscriber: Subscriber): void {
    for (const name of this.namesOf(subscriber)) this.remove(subscriber, name);
  }
}
