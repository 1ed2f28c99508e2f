import net from 'node:net';
import type { RedisInstance } from './instance';
import { bytesOf, ReplyReader } from './protocol/reply-reader';
import { encodeCommand, Push, RedisReplyError, type Reply } from './protocol/resp';

export type Command = readonly (string | Buffer)[];

/** The runner's own connection: commands out, replies in, in order. */
export interface RedisConnection {
  /**
   * Sends one command.
   * @throws RedisReplyError where the server refuses it; ConnectionLost where no answer can come
   */
  send(...args: (string | Buffer)[]): Promise<Reply>;
  /**
   * Sends several commands at once.
   * @returns their replies in order, a refusal (RedisReplyError) among them in its place
   * @throws ConnectionLost
   */
  sendAll(commands: readonly Command[]): Promise<Reply[]>;
  /**
   * Sends a command that answers again and again (SUBSCRIBE, MONITOR). From then on every reply
   * goes to `onReply`; commands already sent get theirs first.
   */
  listen(command: Command, onReply: (reply: Reply) => void): void;
  /** Settles when the connection ends: with nothing after close(), otherwise with the reason. */
  readonly ended: Promise<ConnectionLost | undefined>;
  /** Ends it; what still waits for a reply is rejected. Safe to call twice. */
  close(): Promise<void>;
}

/** The connection was refused or broke off. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost';
  /** @param code the system's own word, such as `ECONNREFUSED`, where there is one */
  constructor(
    message: string,
    readonly code?: string,
  ) {
    super(message);
  }
}

/**
 * Opens a connection and sends the instance's preamble.
 * @param timeout for connecting and the preamble, in ms
 * @throws ConnectionLost; RedisReplyError where the preamble is refused
 */
export async function openConnection(
  instance: Pick<RedisInstance, 'address' | 'preamble'>,
  timeout = 5000,
): Promise<RedisConnection> {
  const connection = new SocketConnection(net.connect({ ...instance.address, noDelay: true }));
  const timer = setTimeout(() => {
    connection.fail(new ConnectionLost(`Redis did not answer within ${timeout} ms.`, 'ETIMEDOUT'));
  }, timeout);
  try {
    await connection.opened;
    const replies = await connection.sendAll(instance.preamble);
    const refused = replies.find((reply) => reply instanceof RedisReplyError);
    if (refused) throw refused;
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

class SocketConnection implements RedisConnection {
  readonly opened: Promise<void>;
  readonly ended: Promise<ConnectionLost | undefined>;
  #waiting: Waiting[] = [];
  #onReply: ((reply: Reply) => void) | undefined;
  #reader = new ReplyReader(bytesOf);
  #lost: ConnectionLost | undefined;
  #closing = false;

  constructor(readonly socket: net.Socket) {
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.fail(new ConnectionLost(`The connection to Redis failed: ${error.message}`, error.code));
    });
    this.opened = new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('close', () => reject(this.#reason()));
    });
    this.opened.catch(() => {}); // whoever awaits it gets the error
    this.ended = new Promise((resolve) => {
      socket.once('close', () => {
        this.#rejectAll();
        resolve(this.#closing ? undefined : this.#reason());
      });
    });
  }

  async send(...args: (string | Buffer)[]): Promise<Reply> {
    const reply = await this.#sendOne(args);
    if (reply instanceof RedisReplyError) throw reply;
    return reply;
  }

  sendAll(commands: readonly Command[]): Promise<Reply[]> {
    this.socket.cork();
    const replies = commands.map((command) => this.#sendOne(command));
    this.socket.uncork();
    return Promise.all(replies);
  }

  listen(command: Command, onReply: (reply: Reply) => void): void {
    this.#onReply = onReply;
    this.socket.write(encodeCommand(command));
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.socket.destroy();
    await this.ended;
  }

  fail(reason: ConnectionLost): void {
    this.#lost ??= reason;
    this.socket.destroy();
  }

  #sendOne(command: Command): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed || this.#onReply) {
        reject(this.#reason());
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.socket.write(encodeCommand(command));
    });
  }

  #receive(chunk: Buffer): void {
    try {
      for (const reply of this.#reader.read(chunk)) {
        const isPush = reply instanceof Push;
        const waiting = isPush ? undefined : this.#waiting.shift();
        if (waiting && !isPush) waiting.resolve(reply);
        else this.#onReply?.(isPush ? reply.items : reply);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.fail(new ConnectionLost(message, 'EPROTO'));
    }
  }

  #rejectAll(): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#reason());
  }

  #reason(): ConnectionLost {
    if (this.#lost) return this.#lost;
    return new ConnectionLost(
      this.#closing ? 'The connection to Redis was closed.' : 'Redis closed the connection.',
    );
  }
}
