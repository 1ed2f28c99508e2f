import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import Redis from 'ioredis';
import { lastingPort } from '../lasting-port';

/** A real Redis for a queue, which keeps all in an append-only file: killed, it comes back with it. */
export class QueueServer {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.url = `redis://:secret@127.0.0.1:${port}`;
  }

  /** @param folder in which it keeps its data */
  static async start(folder: string): Promise<QueueServer> {
    const server = new QueueServer(path.join(folder, 'queue'), await lastingPort());
    fs.mkdirSync(path.join(folder, 'queue'));
    await server.start();
    return server;
  }

  /** Resolves when it answers, with all of its data loaded. */
  async start(): Promise<void> {
    const settings = {
      port: this.#port,
      bind: '127.0.0.1',
      dir: this.#folder,
      appendonly: 'yes',
      save: '',
      requirepass: 'secret',
      'maxmemory-policy': 'noeviction',
    };
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`]);
    this.#process = spawn('redis-server', words, { stdio: 'ignore' });
    const ended = once(this.#process, 'exit').then(([code]) => {
      throw new Error(`redis-server ended with ${code} at its start`);
    });
    ended.catch(() => {});
    await Promise.race([this.#ready(), ended]);
  }

  /** Ends it without a word, as a power cut of its machine does. */
  async kill(): Promise<void> {
    const ended = this.#process;
    if (!ended || ended.exitCode !== null || ended.signalCode !== null) return;
    ended.kill('SIGKILL');
    await once(ended, 'close');
  }

  async #ready(): Promise<void> {
    const client = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
    client.on('error', () => {});
    // It waits for as long as the data is being loaded.
    await client.ping();
    client.disconnect();
  }
}
