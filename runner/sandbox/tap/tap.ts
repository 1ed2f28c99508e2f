import net from 'node:net';
import type { RedisInstance } from '../../redis/instance';
import { Confinement, type Shared } from '../confinement/confinement';
import { removeSocket } from '../socket-path';
import { CommandGate } from './command-gate';
import { type Fault, FaultPoint } from './faults';
import type { Journal } from './journal';
import { type Exchange, Link } from './link';
import { Wire } from './wire';

/** A connection that ended without its program having asked for it. */
export interface Loss {
  program: string;
  /** Which of the program's connections, from 1. */
  connection: number;
  /** The command that came last on it, as words. */
  after: string[];
  /** New connections are refused since. */
  refused: boolean;
}

export interface TapOptions {
  journal: Journal;
  program: string;
  redis: RedisInstance;
  /** The socket to listen on. */
  path: string;
  /** Where the server is not ours: what keeps programs in their one database. */
  shared?: Shared | undefined;
  /** What is to go wrong. */
  fault?: Fault | undefined;
  /** Told of each connection that is lost. */
  lost(loss: Loss): void;
}

/**
 * The relay between one program and Redis. It records what passes, and it is the place where
 * faults are put in: refused, cut, delayed.
 */
export class Tap {
  readonly #journal: Journal;
  readonly #program: string;
  readonly #redis: RedisInstance;
  readonly #path: string;
  readonly #shared: Shared | undefined;
  readonly #point: FaultPoint | undefined;
  readonly #lost: TapOptions['lost'];
  readonly #links = new Set<Link>();
  #server: net.Server | undefined;
  #keepsBack = false;
  #keeps: ((words: string[], connection: number) => boolean) | undefined;
  #exchange: Exchange | undefined;
  #connections = 0;
  #commands = 0;
  #most = Number.POSITIVE_INFINITY;
  #exceeded = () => {};

  constructor({ journal, program, redis, path, shared, fault, lost }: TapOptions) {
    this.#journal = journal;
    this.#program = program;
    this.#redis = redis;
    this.#path = path;
    this.#shared = shared;
    this.#point = fault && new FaultPoint(fault);
    this.#lost = lost;
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
      // Later it may fail to take a connection, for want of descriptors: the program is refused then.
      server.on('error', reject);
      server.listen(this.#path, resolve);
    });
  }

  /** Refuses connections from now on, and cuts those that are open. */
  refuse(): void {
    this.#stopListening();
    this.cut();
  }

  /** Cuts every open connection; new ones are taken still. */
  cut(): void {
    for (const link of this.#links) link.close();
  }

  /** From now on what the program sends to Redis is kept back, on connections that are new as well. */
  keepBack(): void {
    this.#keepsBack = true;
    for (const link of this.#links) link.keepBack();
  }

  /**
   * As {@link keepBack}, on each connection from the first command on of which this is true; to be
   * called when the program has sent no half of a command.
   * @param isMeant given a command's words, its name in capitals, and which connection it is on, from 1
   */
  keepBackFrom(isMeant: (words: string[], connection: number) => boolean): void {
    this.#keeps = isMeant;
    for (const link of this.#links) keepBackFrom(link, isMeant);
  }

  /** What was kept back so far goes on to Redis; what comes later is kept back still. */
  letThrough(): void {
    for (const link of this.#links) link.letThrough();
  }

  /** Everything goes on to Redis again. */
  keepNothing(): void {
    this.#keepsBack = false;
    this.#keeps = undefined;
    for (const link of this.#links) link.keepNothing();
  }

  /** From now on each reply that is this word reaches the program as another one. */
  exchangeReply(exchange: Exchange): void {
    this.#exchange = exchange;
    for (const link of this.#links) link.exchangeReply(exchange);
  }

  /** Bytes that are kept back. */
  get kept(): number {
    return [...this.#links].reduce((sum, link) => sum + link.kept, 0);
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#links.size;
  }

  /** Which of the program's connections are open, from 1. */
  get openConnections(): number[] {
    return [...this.#links].map((link) => link.wire.connection);
  }

  /** Connections that were ever made. */
  get connections(): number {
    return this.#connections;
  }

  /** Replies that Redis still owes, or will owe once it has what is held or kept back. */
  get unanswered(): number {
    return this.owed + [...this.#links].filter((link) => link.kept > 0).length;
  }

  /** As {@link unanswered}, but for what is kept back. */
  get owed(): number {
    this.#journal.settle();
    return [...this.#links].reduce(
      (sum, link) => sum + link.wire.unanswered + (link.holding ? 1 : 0),
      0,
    );
  }

  /** Whether a connection is on its way to its end: the program will hear of that yet. */
  get closing(): boolean {
    this.#journal.settle();
    return [...this.#links].some((link) => link.ending || link.wire.quitting);
  }

  /** Bytes that came from the program on the connections that are open. */
  get received(): number {
    return [...this.#links].reduce((sum, link) => sum + link.received, 0);
  }

  /** Bytes that went to the program on the connections that are open. */
  get sent(): number {
    return [...this.#links].reduce((sum, link) => sum + link.sent, 0);
  }

  close(): void {
    this.refuse();
  }

  #stopListening(): void {
    this.#server?.close();
    this.#server = undefined;
    removeSocket(this.#path);
  }

  #join(socket: net.Socket): void {
    this.#connections += 1;
    const connection = this.#connections;
    const wire = new Wire(this.#journal, this.#program, connection, () => this.#count());
    const link: Link = new Link({
      near: socket,
      redis: this.#redis,
      wire,
      confinement: this.#shared && new Confinement(this.#shared),
      gate: this.#point?.gate(),
      passed: (read) => this.#journal.defer(read),
      lost: () => this.#missed(wire, connection),
      struck: () => this.#strike(link),
    });
    if (this.#keepsBack) link.keepBack();
    if (this.#keeps) keepBackFrom(link, this.#keeps);
    if (this.#exchange) link.exchangeReply(this.#exchange);
    this.#links.add(link);
    link.closed.then(() => {
      this.#links.delete(link);
      this.#journal.changed();
    });
    this.#journal.changed();
  }

  #missed(wire: Wire, connection: number): void {
    // Whether it had said QUIT may not have been read yet.
    this.#journal.settle();
    if (wire.farewell) return;
    const refused = this.#server === undefined;
    this.#lost({ program: this.#program, connection, after: wire.last, refused });
    this.#journal.changed();
  }

  async #strike(link: Link): Promise<void> {
    const fault = this.#point?.fault;
    if (fault?.what === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.what === 'cut') link.cut();
    if (fault?.what === 'kill') await this.#redis.close();
    if (fault?.what !== 'refuse') return;
    this.#stopListening();
    const { connection, last: after } = link.wire;
    for (const one of this.#links) one.cut();
    // Those that were open may all have been about to end: the next one finds nobody.
    this.#lost({ program: this.#program, connection, after, refused: true });
  }

  #count(): void {
    this.#commands += 1;
    if (this.#commands === this.#most + 1) this.#exceeded();
  }
}

function keepBackFrom(link: Link, isMeant: (words: string[], connection: number) => boolean): void {
  link.keepBackAt(new CommandGate((words) => isMeant(words, link.wire.connection)));
}
