import { once } from 'node:events';
import net from 'node:net';
import { commands } from '../commands/table';
import { Engine } from '../engine/engine';
import type { Persistence } from '../store/persistence';
import { Connection } from './connection';

/** The listener of one embedded Redis, and the connections it has taken. */
export class Server {
  readonly engine: Engine;
  readonly #connections = new Set<Connection>();
  readonly #listener: net.Server;
  #stopped: Promise<void> | undefined;

  constructor(persistence: Persistence) {
    this.engine = new Engine(persistence, () => void this.stop());
    this.#listener = net.createServer({ allowHalfOpen: true }, (socket) => this.#take(socket));
  }

  /**
   * Listens.
   * @param where a unix socket's path, or a port of 127.0.0.1 (0: any free one)
   * @throws the system's error, such as EADDRINUSE
   */
  async listen(where: { path: string } | { host: string; port: number }): Promise<void> {
    this.#listener.listen({ ...where, backlog: 511 });
    await once(this.#listener, 'listening');
    const { address } = this;
    if (address && typeof address === 'object') this.engine.listensOn(address.port);
  }

  get address(): net.AddressInfo | string | null {
    return this.#listener.address();
  }

  /** Cuts every connection and frees port and data. Safe to call twice. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  #take(socket: net.Socket): void {
    if (this.#connections.size >= this.engine.settings.number('maxclients')) {
      this.engine.statistics.turnedAway += 1;
      socket.on('error', () => socket.destroy());
      socket.write('-ERR max number of clients reached\r\n');
      socket.destroySoon();
      return;
    }
    const path = this.address;
    const unix = typeof path === 'string' ? `${path}:0` : undefined;
    const address = unix ?? `127.0.0.1:${socket.remotePort}`;
    const local = unix ?? `127.0.0.1:${socket.localPort}`;
    const keepAlive = this.engine.settings.number('tcp-keepalive');
    if (keepAlive > 0 && !unix) socket.setKeepAlive(true, keepAlive * 1000);
    const connection = new Connection(socket, this.engine, commands, address, local);
    this.#connections.add(connection);
    socket.on('close', () => this.#connections.delete(connection));
  }

  async #stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#listener.close(() => resolve()));
    for (const connection of this.#connections) connection.kill();
    await closed;
    this.engine.close();
  }
}
