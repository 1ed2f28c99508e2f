import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openConnection, type RedisConnection } from '../redis/connection';
import type { RedisInstance, RedisSource } from '../redis/instance';
import { Journal } from './journal';
import type { Limits } from './limits';
import { Program } from './program';
import { reapFolder } from './reaper';
import { Tap } from './tap';

export interface StartOptions {
  /** The name by which evidence speaks of it. */
  name: string;
  /** The file to run, absolute. */
  file: string;
  args?: string[];
  /** The working folder; the file's own without it. */
  folder?: string;
  /** Modules to load in place of others: absolute path to absolute path. */
  replaced?: Record<string, string>;
  limits?: Partial<Limits>;
  /** Redis is down for it from the start. */
  redisDown?: boolean;
  /** The real port for its server on 1245; any free one without it. */
  serverPort?: number;
  /** Have the delays of its timers reported. */
  watchTimers?: boolean;
  onOutput?: (chunk: Buffer, stream: 'stdout' | 'stderr') => void;
}

/** The modules of the workbook serve programs whose folder has none. */
const workbook = path.resolve(__dirname, '../..');

/**
 * The world of one check: a Redis of its own, programs each behind a tap, a folder for what is
 * written, and the journal of it all. Closing it ends everything that was started in it.
 */
export class Sandbox {
  readonly journal = new Journal();
  readonly redis: RedisInstance;
  /** The runner's own way to the data, past the taps. */
  readonly connection: RedisConnection;
  /** For files of the check; removed at the end. */
  readonly folder: string;
  readonly programs: Program[] = [];
  readonly #release: () => void;
  #taps = 0;

  private constructor(
    redis: RedisInstance,
    connection: RedisConnection,
    folder: string,
    release: () => void,
  ) {
    this.redis = redis;
    this.connection = connection;
    this.folder = folder;
    this.#release = release;
  }

  /**
   * @param rdb an RDB file to start from; it is copied, never written
   * @throws EnvironmentFault where there is no Redis to be had
   */
  static async open(source: RedisSource, rdb?: string): Promise<Sandbox> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-'));
    const release = reapFolder(folder);
    const remove = () => {
      rmSync(folder, { recursive: true, force: true });
      release();
    };
    try {
      const copy = path.join(folder, 'dump.rdb');
      if (rdb !== undefined) copyFileSync(rdb, copy);
      const redis = await source.open(rdb === undefined ? {} : { rdb: copy });
      try {
        return new Sandbox(redis, await openConnection(redis), folder, remove);
      } catch (error) {
        await redis.close();
        throw error;
      }
    } catch (error) {
      remove();
      throw error;
    }
  }

  /** Starts a program behind a tap of its own. */
  async start(options: StartOptions): Promise<Program> {
    this.#taps += 1;
    const socket = tapPath(this.folder, this.#taps);
    const tap = new Tap(this.journal, options.name, this.redis, socket);
    if (!options.redisDown) await tap.accept();
    const program = new Program({
      name: options.name,
      settings: {
        main: options.file,
        redis: socket,
        fallbackModules: workbook,
        replaced: options.replaced ?? {},
        ...(options.serverPort === undefined ? {} : { serverPort: options.serverPort }),
        ...(options.watchTimers ? { watchTimers: true } : {}),
      },
      folder: options.folder ?? path.dirname(options.file),
      journal: this.journal,
      tap,
      ...(options.args ? { args: options.args } : {}),
      ...(options.limits ? { limits: options.limits } : {}),
      ...(options.onOutput ? { onOutput: options.onOutput } : {}),
    });
    this.programs.push(program);
    return program;
  }

  /** Ends every program, then Redis, and removes the folder. Safe to call twice. */
  async close(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
    for (const program of this.programs) program.tap.close();
    await this.connection.close();
    await this.redis.close();
    this.#release();
  }
}

function tapPath(folder: string, count: number): string {
  if (process.platform !== 'win32') return path.join(folder, `tap-${count}`);
  return `\\\\.\\pipe\\${path.basename(folder)}-tap-${count}`;
}
