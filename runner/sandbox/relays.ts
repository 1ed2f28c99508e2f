import { Relay } from './relay';

/** Told of a server: the port that it asked for, and the one at which it can be reached. */
export type OnReachable = (asked: number, port: number) => void;

/** Makes the servers of one program reachable for the learner, each as soon as it listens. */
export class Relays {
  readonly #onReachable: OnReachable;
  /** Where its servers listen now, by the ports that they asked for. */
  readonly #sockets = new Map<number, string>();
  readonly #relays: Promise<Relay | undefined>[] = [];
  #announce = () => {};
  readonly #announced = new Promise<void>((resolve) => {
    this.#announce = resolve;
  });
  #isClosed = false;

  constructor(onReachable: OnReachable) {
    this.#onReachable = onReachable;
  }

  /** A server listens on this socket, for the first time or again. */
  add(asked: number, socket: string): void {
    const isKnown = this.#sockets.has(asked);
    this.#sockets.set(asked, socket);
    if (!isKnown && !this.#isClosed) this.#relays.push(this.#open(asked));
  }

  /** Tells of the servers that there are, and from now on of each that comes. */
  async announce(): Promise<void> {
    this.#announce();
    await Promise.all(this.#relays);
  }

  close(): void {
    this.#isClosed = true;
    for (const relay of this.#relays) void relay.then((one) => one?.close());
  }

  /** @returns nothing where this machine can listen on no port: the server is there for its program alone */
  async #open(asked: number): Promise<Relay | undefined> {
    const relay = await Relay.open(asked, () => this.#sockets.get(asked)).catch(() => undefined);
    void this.#announced.then(() => {
      if (relay && !this.#isClosed) this.#onReachable(asked, relay.port);
    });
    return relay;
  }
}
