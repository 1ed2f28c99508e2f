import { rmSync } from 'node:fs';
import net from 'node:net';
import type { Address, RedisInstance } from '../redis/instance';
import type { Journal } from './journal';
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
  readonly #links = new Set<Link>();
  #server: net.Server | undefined;
  #connections = 0;
  #closedIn = 0;
  #closedOut = 0;

  /** @param path the socket to listen on: a file's path, or a named pipe's on Windows */
  constructor(journal: Journal, program: string, redis: RedisInstance, path: string) {
    this.#journal = journal;
    this.#program = program;
    this.#redis = redis;
    this.#path = path;
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
    return [...this.#links].reduce((sum, link) => sum + link.wire.unanswered, 0);
  }

  /** Whether a connection is on its way to its end: the program will hear of that yet. */
  get closing(): boolean {
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
    const wire = new Wire(this.#journal, this.#program, this.#connections);
    const link = new Link(socket, this.#redis, wire, () => this.#journal.changed());
    this.#links.add(link);
    link.closed.then(() => {
      this.#links.delete(link);
      this.#closedIn += link.received;
      this.#closedOut += link.sent;
      this.#journal.changed();
    });
    this.#journal.changed();
  }
}

/** One connection of the program and its twin to Redis. */
class Link {
  received = 0;
  sent = 0;
  /** One side has said that it will send no more. */
  ending = false;
  readonly wire: Wire;
  readonly closed: Promise<void>;
  readonly #near: net.Socket;
  readonly #far: net.Socket;

  constructor(near: net.Socket, redis: RedisInstance, wire: Wire, changed: () => void) {
    this.#near = near;
    this.wire = wire;
    this.#far = connectTo(redis.address);
    const far = this.#far;
    far.setNoDelay(true);
    near.setNoDelay(true);

    near.on('data', (bytes) => {
      this.received += bytes.length;
      wire.request(bytes);
      if (!far.write(bytes)) near.pause();
      changed();
    });
    far.on('drain', () => near.resume());
    const toProgram = (bytes: Buffer) => {
      this.sent += bytes.length;
      wire.reply(bytes);
      if (!near.write(bytes)) far.pause();
      changed();
    };
    near.on('drain', () => far.resume());
    skipPreamble(far, redis, toProgram);

    near.on('end', () => {
      this.ending = true;
      far.end();
    });
    far.on('end', () => {
      this.ending = true;
      near.end();
    });
    this.closed = new Promise((resolve) => {
      const shut = () => {
        near.destroy();
        far.destroy();
        resolve();
      };
      for (const socket of [near, far]) socket.on('error', shut).on('close', shut);
    });
  }

  close(): void {
    this.#near.destroy();
    this.#far.destroy();
  }
}

function connectTo(address: Address): net.Socket {
  return 'path' in address ? net.connect(address.path) : net.connect(address.port, address.host);
}

/** Sends what the instance wants first, and keeps the replies to it from the program. */
function skipPreamble(
  far: net.Socket,
  redis: RedisInstance,
  toProgram: (bytes: Buffer) => void,
): void {
  if (redis.preamble.length === 0) {
    far.on('data', toProgram);
    return;
  }
  for (const words of redis.preamble) {
    const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
    far.write(`*${words.length}\r\n${parts.join('')}`);
  }
  // AUTH and SELECT answer one line each: `+OK` or an error.
  let left = redis.preamble.length;
  let held = Buffer.alloc(0);
  far.on('data', (bytes) => {
    if (left === 0) return toProgram(bytes);
    held = Buffer.concat([held, bytes]);
    for (let end = held.indexOf('\r\n'); left > 0 && end >= 0; end = held.indexOf('\r\n')) {
      held = held.subarray(end + 2);
      left -= 1;
    }
    if (left === 0 && held.length > 0) toProgram(held);
  });
}
