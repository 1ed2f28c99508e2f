import type { Reply } from '../protocol/reply';
import type { Keyspace } from '../store/keyspace';
import type { TrackingClient } from './tracking';

const UNBLOCKED = '-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n';

/** A client as the queue of those who wait sees it. */
export interface BlockableClient extends TrackingClient {
  readonly db: Keyspace;
  /** There while the client waits; both ways end that, `unblock` with a reply. */
  blocked: { cancel(): void; unblock(withError: boolean): void } | undefined;
  /** Told of the reply that ends the wait, unless that was the end of its time. */
  readonly served: ((reply: Reply) => void) | undefined;
  readonly outlet: TrackingClient['outlet'] & {
    write(reply: Reply): void;
    /** Goes on with what the client has sent while it was blocked. */
    resume(): void;
  };
}

/** What a blocked client waits for; without keys only for its time. */
export interface BlockedRequest {
  readonly keys: readonly string[];
  /** Takes from the key what the client wants; undefined where the key has nothing for it. */
  take(key: string): Reply | undefined;
  /** The error that ends the wait where the key no longer is what it waits for; else it goes on. */
  lost?(key: string): Reply | undefined;
  /** The reply once the time is over. */
  readonly nothing: Reply;
}

interface Waiter {
  readonly client: BlockableClient;
  readonly request: BlockedRequest;
  readonly places: readonly string[];
  timer: NodeJS.Timeout | undefined;
}

/** Clients blocked in BLPOP and its like: first come, first served, and only those still there. */
export class Blocking {
  readonly #turn: (client: BlockableClient, act: () => void) => void;
  readonly #waiting = new Map<string, Waiter[]>();
  readonly #waiters = new Set<Waiter>();
  /** Keys to look at, and whether they have something new. */
  readonly #ready = new Map<string, boolean>();

  /** @param turn does something for a client as if one of its commands did */
  constructor(turn: (client: BlockableClient, act: () => void) => void) {
    this.#turn = turn;
  }

  /** Clients that wait, for INFO. */
  get count(): number {
    return this.#waiters.size;
  }

  /** Blocks the client. @param ms how long; 0: without end */
  wait(client: BlockableClient, request: BlockedRequest, ms: number): void {
    const places = [...new Set(request.keys)].map((key) => `${client.db.index}:${key}`);
    const waiter: Waiter = { client, request, places, timer: undefined };
    if (ms > 0) {
      waiter.timer = setTimeout(() => this.#end(waiter, request.nothing), Math.min(ms, 0x7fffffff));
    }
    this.#waiters.add(waiter);
    for (const place of places) {
      const queue = this.#waiting.get(place);
      if (queue) queue.push(waiter);
      else this.#waiting.set(place, [waiter]);
    }
    client.blocked = {
      cancel: () => this.#forget(waiter),
      unblock: (withError) => this.#end(waiter, withError ? UNBLOCKED : request.nothing),
    };
  }

  /** The key was not there, and now is, with something that clients can wait for. */
  appeared(db: number, key: string): void {
    if (this.#waiting.size === 0) return;
    const place = `${db}:${key}`;
    if (this.#waiting.has(place)) this.#ready.set(place, true);
  }

  /** The key was changed, or is gone. */
  touched(db: number, key: string): void {
    if (this.#waiting.size === 0) return;
    const place = `${db}:${key}`;
    const waiters = this.#waiting.get(place);
    if (waiters?.some(({ request }) => request.lost) && !this.#ready.has(place)) {
      this.#ready.set(place, false);
    }
  }

  /** Those who wait in these databases look once more at what is there now. */
  lookAt(databases: readonly number[]): void {
    for (const place of this.#waiting.keys()) {
      const db = Number(place.slice(0, place.indexOf(':')));
      if (databases.includes(db)) this.#ready.set(place, true);
    }
  }

  /** After a command or a whole transaction: gives the new items to those who wait for them. */
  serve(): void {
    while (this.#ready.size > 0) {
      for (const [place, appeared] of this.#ready) {
        this.#ready.delete(place);
        this.#serveKey(place, place.slice(place.indexOf(':') + 1), appeared);
      }
    }
  }

  #serveKey(place: string, key: string, appeared: boolean): void {
    for (const waiter of [...(this.#waiting.get(place) ?? [])]) {
      const { client, request } = waiter;
      this.#turn(client, () => {
        const gives = appeared && client.db.has(key);
        const reply = request.lost?.(key) ?? (gives ? request.take(key) : undefined);
        if (reply !== undefined) this.#end(waiter, reply);
      });
    }
  }

  #end(waiter: Waiter, reply: Reply): void {
    this.#forget(waiter);
    const { client, request } = waiter;
    client.blocked = undefined;
    if (reply !== request.nothing) client.served?.(reply);
    client.outlet.write(reply);
    client.outlet.resume();
  }

  #forget(waiter: Waiter): void {
    clearTimeout(waiter.timer);
    this.#waiters.delete(waiter);
    for (const place of waiter.places) {
      const queue = this.#waiting.get(place)?.filter((other) => other !== waiter) ?? [];
      if (queue.length > 0) this.#waiting.set(place, queue);
      else this.#waiting.delete(place);
    }
  }
}
