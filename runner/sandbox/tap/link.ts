import net from 'node:net';
import { ProtocolFault } from '../../redis/embedded/protocol/protocol-fault';
import type { Address, RedisInstance } from '../../redis/instance';
import type { Confinement } from '../confinement/confinement';
import type { CommandGate } from './command-gate';
import type { Wire } from './wire';

/** What a link hands on in addition to the bytes themselves. */
export interface LinkOptions {
  near: net.Socket;
  redis: RedisInstance;
  wire: Wire;
  /** Where the server is not ours. */
  confinement?: Confinement | undefined;
  /** Where a fault is to be put in. */
  gate?: CommandGate | undefined;
  /** Something was passed on and is to be read: when it is convenient. */
  passed(read: () => void): void;
  /** The far end is gone, and nothing on this side has asked for it. */
  lost(): void;
  /** The fault is due now; what goes to Redis next waits for it. */
  struck(): Promise<void>;
}

/** Two simple strings, in ASCII: what Redis answers, and what the program gets for it. */
export interface Exchange {
  from: string;
  to: string;
}

/**
 * One connection of a program and its twin to Redis. Bytes are passed on first and read after, so
 * that a program waits for the relay as little as possible.
 */
export class Link {
  received = 0;
  sent = 0;
  /** One side has said that it will send no more. */
  ending = false;
  readonly wire: Wire;
  readonly closed: Promise<void>;
  readonly #near: net.Socket;
  readonly #far: net.Socket;
  readonly #options: LinkOptions;
  #gate: CommandGate | undefined;
  /** What waits for a fault to be over. */
  #held: Buffer[] | undefined;
  /** What is kept back of what the program sent. */
  #kept: Buffer[] | undefined;
  /** Where it begins to be kept back. */
  #keeper: CommandGate | undefined;
  /** What changes on its way to the program. */
  #exchange: Exchange | undefined;

  constructor(options: LinkOptions) {
    const { near, redis, wire } = options;
    this.#near = near;
    this.#options = options;
    this.#gate = options.gate;
    this.wire = wire;
    this.#far = connectTo(redis.address);
    const far = this.#far;
    far.setNoDelay(true);
    near.setNoDelay(true);

    near.on('data', (bytes) => this.#fromProgram(bytes));
    far.on('drain', () => near.resume());
    near.on('drain', () => far.resume());
    skipPreamble(far, redis, (bytes) => this.#fromRedis(bytes));

    near.on('end', () => {
      this.ending = true;
      far.end();
    });
    far.on('end', () => {
      this.#missed();
      this.ending = true;
      near.end();
    });
    for (const event of ['error', 'close']) far.on(event, () => this.#missed());
    this.closed = new Promise((resolve) => {
      const shut = () => {
        near.destroy();
        far.destroy();
        resolve();
      };
      for (const socket of [near, far]) socket.on('error', shut).on('close', shut);
    });
  }

  /** Something of the program's has not reached Redis yet: a fault is being put in. */
  get holding(): boolean {
    return this.#held !== undefined;
  }

  /** Bytes that are kept back. */
  get kept(): number {
    return this.#kept?.reduce((sum, bytes) => sum + bytes.length, 0) ?? 0;
  }

  /** From now on what the program sends is kept back: neither Redis nor the journal gets it. */
  keepBack(): void {
    this.#kept ??= [];
  }

  /** As {@link keepBack}, from the command on at which this gate opens. */
  keepBackAt(gate: CommandGate): void {
    this.#keeper = gate;
  }

  /** What was kept back goes on its way now, as if it were only just sent; what comes later is kept back still. */
  letThrough(): void {
    const kept = this.#kept;
    if (!kept) return;
    this.#kept = [];
    for (const bytes of kept) this.#passOn(bytes);
  }

  /** Nothing is kept back any more. */
  keepNothing(): void {
    this.#keeper = undefined;
    this.letThrough();
    this.#kept = undefined;
  }

  /** A reply of Redis reaches the program as another one, and the journal as that one. */
  exchangeReply(exchange: Exchange): void {
    this.#exchange = exchange;
  }

  close(): void {
    this.#near.destroy();
    this.#far.destroy();
  }

  /** Ends it as a network would that fails. */
  cut(): void {
    this.#missed();
    this.close();
  }

  /** The far end is gone: reported once, and only where the program did not go first. */
  #missed(): void {
    if (this.ending || this.#near.destroyed) return;
    this.ending = true;
    this.#options.lost();
  }

  #fromProgram(bytes: Buffer): void {
    this.received += bytes.length;
    const split = this.#keeper?.split(bytes);
    if (split) {
      if (split.before.length > 0) this.#passOn(split.before);
      this.#keeper = undefined;
      this.#kept = [];
    }
    if (this.#kept) {
      this.#kept.push(split?.rest ?? bytes);
      // Nothing is read, but somebody may wait for this.
      this.#options.passed(() => {});
    } else this.#passOn(bytes);
  }

  #passOn(bytes: Buffer): void {
    if (this.#far.destroyed) return;
    const at = this.wire.now();
    const split = this.#held ? undefined : this.#gate?.split(bytes);
    if (this.#held) this.#held.push(bytes);
    else this.#toRedis(split?.before ?? bytes);
    this.#options.passed(() => this.wire.request(bytes, at));
    if (split) void this.#strike(split.rest);
  }

  async #strike(rest: Buffer): Promise<void> {
    this.#gate = undefined;
    this.#held = [rest];
    await this.#options.struck();
    const held = this.#held;
    this.#held = undefined;
    if (!this.#far.destroyed) for (const bytes of held) this.#toRedis(bytes);
  }

  #toRedis(bytes: Buffer): void {
    const { confinement } = this.#options;
    const onward = confinement ? this.#confined(confinement, bytes) : bytes;
    if (onward.length > 0 && !this.#far.write(onward)) this.#near.pause();
  }

  #fromRedis(bytes: Buffer): void {
    const { confinement } = this.#options;
    const reply = confinement ? confinement.reply(bytes) : bytes;
    if (reply.length === 0) return;
    const back = this.#exchange ? exchanged(reply, this.#exchange) : reply;
    this.sent += back.length;
    if (!this.#near.write(back)) this.#far.pause();
    const at = this.wire.now();
    this.#options.passed(() => this.wire.reply(back, at));
  }

  /** What cannot be read is not passed on to a server that might read it otherwise. */
  #confined(confinement: Confinement, bytes: Buffer): Buffer {
    try {
      return confinement.request(bytes);
    } catch (error) {
      if (!(error instanceof ProtocolFault)) throw error;
      this.ending = true;
      this.#near.end(`-${error.message}\r\n`);
      this.#far.destroy();
      return Buffer.alloc(0);
    }
  }
}

/** Such a reply is a short line, which comes in one piece. */
function exchanged(bytes: Buffer, { from, to }: Exchange): Buffer {
  const line = (text: string) => `+${text}\r\n`;
  return Buffer.from(bytes.toString('latin1').replaceAll(line(from), line(to)), 'latin1');
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
      // In the wrong database nothing of the program's may arrive.
      if (held[0] !== plus) return far.destroy();
      held = held.subarray(end + 2);
      left -= 1;
    }
    if (left === 0 && held.length > 0) toProgram(held);
  });
}

const plus = '+'.charCodeAt(0);
