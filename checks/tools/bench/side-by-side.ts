import path from 'node:path';
import type { RedisInstance } from '../../../runner/redis/instance';
import { ownRedis } from './own-redis';
import { socketOf } from './queue';
import { Started } from './started';

const hook = path.join(__dirname, '../../../runner/hook.cjs');
const program = path.join(__dirname, 'programs/embedded.ts');

/** An embedded Redis in a process of its own, and a real one, both on unix sockets. */
export class SideBySide {
  #embedded: EmbeddedProcess | undefined;
  #real: RedisInstance | undefined;

  async open(): Promise<void> {
    this.#embedded = await EmbeddedProcess.start();
    this.#real = await ownRedis();
  }

  /** The embedded one's socket. */
  get ours(): string {
    if (!this.#embedded) throw new Error('It is not open.');
    return this.#embedded.socket;
  }

  /** The real one's. */
  get theirs(): string {
    if (!this.#real) throw new Error('It is not open.');
    return socketOf(this.#real.address);
  }

  async close(): Promise<void> {
    await this.#embedded?.stop();
    await this.#real?.close();
    this.#embedded = undefined;
    this.#real = undefined;
  }
}

/** The embedded Redis as a program. */
export class EmbeddedProcess {
  private constructor(
    readonly program: Started,
    /** Where it listens. */
    readonly socket: string,
    /** Milliseconds of processor time that it took until it listened, node's own start apart. */
    readonly startMs: number,
  ) {}

  static async start(): Promise<EmbeddedProcess> {
    const started = new Started([process.execPath, '-r', hook, program]);
    await started.says(/ms\n/);
    const [, socket = '', ms] = /listens on (\S+) after (\S+) ms/.exec(started.said) ?? [];
    return new EmbeddedProcess(started, socket, Number(ms));
  }

  stop(): Promise<void> {
    return this.program.stop('SIGTERM');
  }
}
