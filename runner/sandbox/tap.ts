import { rmSync } from 'node:fs';
import net from 'node:net';
import type { RedisInstance } from '../redis/instance';
import { Confinement, type Shared } from './confinement';
import type { Journal } from './journal';
import { Link } from './link';
import { Wire } from './wire';

/**
 * The relay between one program and Redis. It records what passes, and it is the place where
 * faults are put in: refused, cut.
 */
export class Tap {
  readonly #journal: Journal;
  readonly #program: string;
  readonly #redis: RedisInstance;
  readonly #path: string;
  readonly #shared: Shared | undefined;
  readonly #links = new Set<Link>();
  #server: net.Server | undefined;
  #connections = 0;
  #closedIn = 0;
  #closedOut = 0;
  #commands = 0;
  #most = Number.POSITIVE_INFINITY;
  #exceeded = () => {};

  /**
   * @param path the socket to listen on: a file's path, or a named pipe's on Windows
   * @param shared where the server is not ours: what keeps programs in their one database
   */
  constructor(
    journal: Journal,
    program: string,
    redis: RedisInstance,
    path: string,
    shared?: Shared,
  ) {
    this.#journal = journal;
    this.#program = program;
    this.#redis = redis;
    this.#path = path;
    this.#shared = shared;
  }

  /** Tells once, where more commands than these are sent. */
  limit(commands: number, exceeded: () => void): void {
    this.#most = commands;
    this.#exceeded = exceeded;
  }

  /** Takes connections from now on. */
  async accept(): Promise<void> {
    if (this.#server) return;
    const server = net.createServer((socket) => this.#join(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#path, resolve);
    });
  }

  /** Refuses connections from now on, and cuts those that are open. */
  refuse(): void {
    this.#server?.close();
    this.#server = undefined;
    if (process.platform !== 'win32') rmSync(this.#path, { force: true });
    this.cut();
  }

  /** Cuts every open connection; new ones are taken still. */
  cut(): void {
    for (const link of this.#links) link.close();
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#links.size;
  }

  /** Connections that were ever made. */
  get connections(): number {
    return this.#connections;
  }

  /** Replies that Redis still owes. */
  get unanswered(): number {
    this.#journal.settle();
    return [...this.#links].reduce((sum, link) => sum + link.wire.unanswered, 0);
  }

  /** Whether a connection is on its way to its end: the program will hear of that yet. */
  get closing(): boolean {
    this.#journal.settle();
    return [...this.#links].some((link) => link.ending || link.wire.quitting);
  }

  /** Bytes that came from the program. */
  get received(): number {
    return [...this.#links].reduce((sum, link) => sum + link.received, this.#closedIn);
  }

  /** Bytes that went to the program. */
  get sent(): number {
    return [...this.#links].reduce((sum, link) => sum + link.sent, this.#closedOut);
  }

  close(): void {
    this.refuse();
  }

  #join(socket: net.Socket): void {
    this.#connections += 1;
    const link = new Link({
      near: socket,
      redis: this.#redis,
      wire: new Wire(this.#journal, this.#program, this.#connections, () => this.#count()),
      confinement: this.#shared && new Confinement(this.#shared),
      passed: (read) => this.#journal.defer(read),
    });
    this.#links.add(link);
    link.closed.then(() => {
      this.#links.delete(link);
      this.#closedIn += link.received;
      this.#closedOut += link.sent;
      this.#journal.changed();
    });
    this.#journal.changed();
  }

  #count(): void {
    this.#commands += 1;
    if (this.#commands === this.#most + 1) this.#exceeded();
  }
}
