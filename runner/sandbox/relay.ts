import net from 'node:net';
import { pipeline } from 'node:stream';
import { connectToServer } from './server-connection';

/** Where a server listens now, if it does: it may be started anew elsewhere. */
type Socket = () => string | undefined;

/** A port of this machine at which the learner's browser reaches a program's server. */
export class Relay {
  readonly #server: net.Server;
  readonly #connections = new Set<net.Socket>();
  readonly #end = new AbortController();

  private constructor(socket: Socket) {
    this.#server = net.createServer({ allowHalfOpen: true }, (near) => {
      this.#join(near, socket());
    });
  }

  /**
   * @param asked the port that it takes where that is free; otherwise any other
   * @throws the system's error where this machine cannot listen on 127.0.0.1
   */
  static async open(asked: number, socket: Socket): Promise<Relay> {
    const relay = new Relay(socket);
    await relay.#listen(asked).catch(() => relay.#listen(0));
    return relay;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  close(): void {
    this.#end.abort();
    this.#server.close();
    for (const connection of this.#connections) connection.destroy();
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, host: '127.0.0.1' }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  async #join(near: net.Socket, socket: string | undefined): Promise<void> {
    this.#keep(near);
    if (socket === undefined) return void near.destroy();
    const { signal } = this.#end;
    try {
      const far = await connectToServer(socket, { signal, allowHalfOpen: true });
      this.#keep(far);
      if (signal.aborted) far.destroy();
      // What ends one side by force ends the other.
      pipeline(near, far, near, () => {});
    } catch {
      // The server has closed.
      near.destroy();
    }
  }

  #keep(connection: net.Socket): void {
    this.#connections.add(connection);
    connection.on('error', () => {});
    connection.once('close', () => this.#connections.delete(connection));
  }
}
