import { array, bulk, bulks, integer, type Reply } from '../protocol/reply';
import type { Resp } from '../protocol/resp';
import { NAME_COST } from './limits';

/** Bytes of the keys that are remembered; beyond it clients are told to forget the oldest. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A client as those see it who tell it of changes. */
export interface TrackingClient {
  readonly resp: Resp;
  readonly subscriptions: number;
  readonly outlet: { push(message: Reply): void };
  tracking: Tracked | undefined;
}

/** What a client that keeps copies of its own has asked for by CLIENT TRACKING. */
export interface Tracked extends TrackingOptions {
  readonly client: TrackingClient;
  /** CLIENT CACHING was its last command: what comes next is the exception to its mode. */
  caching: boolean;
  /** The client that is told in its place was found to be gone. */
  broken: boolean;
}

export interface TrackingOptions {
  /**
   * Which keys it is told of: all that it reads, those that it reads behind CLIENT CACHING YES, all
   * but those behind CLIENT CACHING NO, or those that begin with one of its prefixes.
   */
  mode: 'read' | 'optin' | 'optout' | 'bcast';
  /** Not told of what it changes itself. */
  noloop: boolean;
  /** The number of the client that is told in its place; 0 for none. */
  redirect: number;
  prefixes: readonly string[];
}

/** Who keeps copies of which keys, and is told when they are no longer good. */
export class Tracking {
  readonly #find: (id: number) => TrackingClient | undefined;
  readonly #mostKeys: () => number;
  readonly #tracked = new Set<Tracked>();
  /** By key, whatever its database: as in Redis. */
  readonly #readers = new Map<string, Set<Tracked>>();
  #bytes = 0;
  /** Keys changed since the last broadcast, and by whom. */
  #changed = new Map<string, TrackingClient | undefined>();
  /** What the client whose command runs is to be told behind its reply; undefined: of all keys. */
  #late: (string | undefined)[] = [];
  /** The client whose command runs. */
  current: TrackingClient | undefined;

  /**
   * @param find a client by its number
   * @param mostKeys how many keys are remembered at most
   */
  constructor(
    find: (id: number) => TrackingClient | undefined,
    mostKeys: () => number = () => Number.POSITIVE_INFINITY,
  ) {
    this.#find = find;
    this.#mostKeys = mostKeys;
  }

  /** Begins, or goes on in another way. */
  start(client: TrackingClient, options: TrackingOptions): void {
    const before = client.tracking;
    const tracked = Object.assign(before ?? { client, caching: false }, options, { broken: false });
    client.tracking = tracked;
    this.#tracked.add(tracked);
  }

  stop(client: TrackingClient): void {
    const tracked = client.tracking;
    if (!tracked) return;
    client.tracking = undefined;
    this.#tracked.delete(tracked);
    for (const [key, readers] of this.#readers) {
      if (readers.delete(tracked) && readers.size === 0) this.#forget(key);
    }
  }

  /** Keys that are remembered, for INFO. */
  get keys(): number {
    return this.#readers.size;
  }

  /** Who is to be told of a key, over all keys. */
  get items(): number {
    let items = 0;
    for (const readers of this.#readers.values()) items += readers.size;
    return items;
  }

  get prefixes(): number {
    return new Set(Array.from(this.#tracked).flatMap(({ prefixes }) => prefixes)).size;
  }

  /** A client has read these keys. */
  read(tracked: Tracked, keys: readonly string[]): void {
    const { mode, caching } = tracked;
    if (mode === 'bcast' || (mode === 'optin' && !caching) || (mode === 'optout' && caching))
      return;
    for (const key of keys) {
      const readers = this.#readers.get(key);
      if (readers) readers.add(tracked);
      else {
        this.#readers.set(key, new Set([tracked]));
        this.#bytes += key.length + NAME_COST;
      }
    }
    while (this.#bytes > MAX_BYTES || this.#readers.size > this.#mostKeys()) {
      const [oldest] = this.#readers.keys();
      if (oldest === undefined) return;
      this.#invalidate(oldest);
    }
  }

  /** The key was changed. */
  touched(key: string): void {
    if (this.#tracked.size === 0) return;
    if (Array.from(this.#tracked).some(({ mode }) => mode === 'bcast')) {
      if (this.#changed.size === 0) setImmediate(() => this.#broadcast());
      this.#changed.set(key, this.current);
    }
    this.#invalidate(key);
  }

  /** All keys of a database are gone: every copy of everything counts as old. */
  flushed(): void {
    this.#readers.clear();
    this.#bytes = 0;
    for (const tracked of this.#tracked) this.#tellInTime(tracked, undefined);
  }

  /** The client's reply is written: what waited for that goes out. */
  settle(): void {
    const tracked = this.current?.tracking;
    this.current = undefined;
    if (this.#late.length === 0) return;
    const late = this.#late;
    this.#late = [];
    if (tracked) for (const key of late) tell(tracked, key === undefined ? key : [key], this.#find);
  }

  /** Something done for another client within a command: it hears of that behind its own reply. */
  turn(client: TrackingClient, act: () => void): void {
    const [current, late] = [this.current, this.#late];
    this.current = client;
    this.#late = [];
    try {
      act();
    } finally {
      this.settle();
      this.current = current;
      this.#late = late;
    }
  }

  #invalidate(key: string): void {
    const readers = this.#readers.get(key);
    if (!readers) return;
    this.#forget(key);
    for (const tracked of readers) {
      const own = tracked.noloop && tracked.client === this.current;
      if (tracked.mode !== 'bcast' && !own) this.#tellInTime(tracked, key);
    }
  }

  #forget(key: string): void {
    if (this.#readers.delete(key)) this.#bytes -= key.length + NAME_COST;
  }

  /** A push must not come into the middle of the client's own reply. */
  #tellInTime(tracked: Tracked, key: string | undefined): void {
    if (tracked.client === this.current) this.#late.push(key);
    else tell(tracked, key === undefined ? key : [key], this.#find);
  }

  #broadcast(): void {
    const changed = [...this.#changed].sort(([one], [other]) => (one < other ? -1 : 1));
    this.#changed = new Map();
    for (const tracked of this.#tracked) {
      for (const prefix of tracked.prefixes) {
        const keys = changed.flatMap(([key, by]) =>
          key.startsWith(prefix) && !(tracked.noloop && tracked.client === by) ? [key] : [],
        );
        if (keys.length > 0) tell(tracked, keys, this.#find);
      }
    }
  }
}

/** Tells a client, or the one in its place, of these keys, or of all. */
function tell(
  tracked: Tracked,
  keys: readonly string[] | undefined,
  find: (id: number) => TrackingClient | undefined,
): void {
  const { client, redirect } = tracked;
  const target = redirect === 0 ? client : find(redirect);
  const value = keys ? bulks(keys) : client.resp.nil;
  if (!target) {
    tracked.broken = true;
    const lost = array([bulk('tracking-redir-broken'), integer(redirect)]);
    if (client.resp.version === 3) client.outlet.push(client.resp.push(lost));
  } else if (target.resp.version === 3) {
    target.outlet.push(target.resp.push(array([bulk('invalidate'), value])));
  } else if (redirect !== 0 && target.subscriptions > 0) {
    // RESP2 knows no pushes, so it comes as a message.
    target.outlet.push(array([bulk('message'), bulk('__redis__:invalidate'), value]));
  }
}
