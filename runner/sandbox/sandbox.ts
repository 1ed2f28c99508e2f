import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ProgramReader } from '../program-file';
import {
  type Command,
  ConnectionLost,
  openConnection,
  type RedisConnection,
} from '../redis/connection';
import { defaultFileName } from '../redis/default-file-name';
import type { RedisInstance, RedisSource } from '../redis/instance';
import { type TemporaryFolder, temporaryFolder } from '../redis/temporary';
import { Shared } from './confinement/confinement';
import type { Isolation } from './isolation/level';
import { compileProgram } from './process/compiled';
import { keptPackages } from './process/kept-packages';
import { defaultLimits, type Limits } from './process/limits';
import { Program } from './process/program';
import { reaper } from './process/reaper';
import type { CompiledFile, LentModule } from './process/settings';
import type { WarmPool } from './process/warm-pool';
import { socketPath } from './socket-path';
import type { Fault } from './tap/faults';
import { Journal } from './tap/journal';
import { type Loss, Tap } from './tap/tap';

export interface StartOptions {
  /** The name by which evidence speaks of it. */
  name: string;
  /** The file to run, absolute. */
  file: string;
  args?: string[];
  /** The working folder; the file's own without it. */
  folder?: string;
  /** What runs in place of the file's own text, under its name. */
  text?: string;
  /** Modules to load in place of others: absolute path to absolute path. */
  replaced?: Record<string, string>;
  /** Packages that it gets from the workbook, unless its folder has a newer one. */
  lent?: readonly LentModule[];
  /** What it loads besides that which its files import by name: other files, absolute, and packages. */
  loads?: readonly string[];
  /** Packages of which it gets an empty module where its folder lacks them. */
  tools?: readonly string[];
  /** Babel without it. */
  reader?: ProgramReader;
  limits?: Partial<Limits>;
  /** Redis is down for it from the start. */
  redisDown?: boolean;
  /** It gets an empty Redis that no other program sees; on a server that is not ours, the check's all the same. */
  ownRedis?: boolean;
  /** Have its clients of redis stay open, whatever it tells them. */
  neverQuits?: boolean;
  /**
   * Have its clients of redis wait for next to nothing before they try to connect again: how often they
   * do is seen in no time.
   */
  reconnectsSoon?: boolean;
  /** Have reported when it sets timers, prints and publishes, by its own clock. */
  watchMoments?: boolean;
  /** It is a program of the check's own, a {@link Driver} of the learner's code. */
  drives?: boolean;
  onOutput?: (chunk: Buffer, stream: 'stdout' | 'stderr') => void;
  /** A server listens: the port that it asked for, and the path of its socket. */
  onListening?: (asked: number, socket: string) => void;
}

export interface SandboxOptions {
  /** An RDB file to start from; it is copied, never written. */
  rdb?: string | undefined;
  /** On SAVE, Redis writes what it holds into the sandbox's folder; where it has an RDB file it does so anyway. */
  saves?: boolean | undefined;
  /** Kills every program at once when it is aborted. */
  signal?: AbortSignal | undefined;
  /** What holds its programs; the guard without it. */
  isolation?: Isolation | undefined;
  /** Files and folders that programs behind walls see besides their own, absolute. */
  seen?: readonly string[] | undefined;
  /** Processes that wait for its programs. */
  warmPool?: WarmPool | undefined;
  /** On a Redis that is not ours: what it has in common with other sandboxes, whose messages it hears. */
  shared?: Shared | undefined;
  /** What is to go wrong between a program and Redis: for those who test the workbook itself. */
  fault?: Fault | undefined;
  /** So many printed lines, and entries of the wire, are kept; all without it. */
  kept?: number;
}

/** How long Redis may take to answer the runner, in milliseconds. */
const patience = 20_000;

/** A Redis that connects to no other. */
const unlinked = { keepsToItself: true };

/** The modules of the workbook serve programs whose folder has none. */
const workbook = path.resolve(__dirname, '../..');

/**
 * The world of one check: a Redis of its own, programs each behind a tap, a folder for what is
 * written, and the journal of it all. Closing it ends everything that was started in it.
 */
export class Sandbox {
  readonly journal: Journal;
  readonly redis: RedisInstance;
  /** The runner's own way to the data, past the taps. */
  readonly connection: RedisConnection;
  readonly programs: Program[] = [];
  /** Connections of programs that ended without their asking for it, in that order. */
  readonly losses: Loss[] = [];
  readonly #gone = new AbortController();
  readonly #source: RedisSource;
  /** Those of single programs. */
  readonly #others: RedisInstance[] = [];
  readonly #temporary: TemporaryFolder;
  readonly #signal: AbortSignal | undefined;
  readonly #warmPool: WarmPool | undefined;
  readonly #isolation: Isolation;
  readonly #seen: readonly string[];
  readonly #sockets: string;
  readonly #shared: Shared | undefined;
  readonly #fault: Fault | undefined;
  readonly #taps: Tap[] = [];
  #closed = false;

  private constructor(
    source: RedisSource,
    redis: RedisInstance,
    connection: RedisConnection,
    folder: TemporaryFolder,
    { kept, signal, warmPool, shared, isolation = 'guard', seen = [], fault }: SandboxOptions,
  ) {
    this.#source = source;
    this.redis = redis;
    this.journal = new Journal(kept);
    this.#temporary = folder;
    this.#signal = signal;
    this.#warmPool = warmPool;
    this.#isolation = isolation;
    this.#seen = seen;
    this.#sockets = isolation === 'walls' ? socketsFolder(folder, warmPool) : folder.path;
    this.#shared = redis.shared ? (shared ?? new Shared()) : undefined;
    const answering = this.#answering(connection);
    this.connection = this.#shared ? onOwnChannels(answering, this.#shared) : answering;
    this.#fault = fault;
    void connection.ended.then((reason) => reason && this.#gone.abort(reason));
    signal?.addEventListener('abort', this.#abort);
  }

  /** For files of the check, absolute; removed at the end. */
  get folder(): string {
    return this.#temporary.path;
  }

  /** Aborted with a {@link ConnectionLost} when Redis, or a program's way to it, is gone for good. */
  get redisGone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Why Redis is gone; nothing while it is there. */
  get lost(): ConnectionLost | undefined {
    return this.redisGone.aborted ? this.redisGone.reason : undefined;
  }

  /** @throws EnvironmentFault where there is no Redis to be had */
  static async open(source: RedisSource, options: SandboxOptions = {}): Promise<Sandbox> {
    const { rdb, saves = rdb !== undefined, isolation, warmPool } = options;
    const folder =
      isolation === 'walls' && warmPool ? warmPool.folder() : temporaryFolder('workbook-', reaper);
    try {
      const copy = path.join(folder.path, defaultFileName);
      if (rdb !== undefined) copyFileSync(rdb, copy);
      const redis = await source.open({ ...unlinked, ...(saves ? { rdb: copy } : {}) });
      try {
        return new Sandbox(source, redis, await openConnection(redis), folder, options);
      } catch (error) {
        await redis.close();
        throw error;
      }
    } catch (error) {
      folder.remove();
      throw error;
    }
  }

  /**
   * Starts a program behind a tap of its own.
   * @throws the signal's reason where it has been aborted, and Error where the sandbox was closed meanwhile
   */
  async start(options: StartOptions): Promise<Program> {
    this.#expectOpen();
    const redis = options.ownRedis ? await this.#openAnother() : this.redis;
    this.#expectOpen();
    const count = this.#taps.length + 1;
    const socket = socketPath(this.folder, `tap-${count}`);
    const tap = new Tap({
      journal: this.journal,
      program: options.name,
      redis,
      path: socket,
      shared: this.#shared,
      fault: this.#fault?.program === options.name ? this.#fault : undefined,
      lost: (loss) => this.#lost(loss),
    });
    this.#taps.push(tap);
    if (!options.redisDown) await tap.accept();
    const { file, reader = 'babel' } = options;
    const folder = options.folder ?? path.dirname(options.file);
    const lent = options.lent ?? [];
    const { files, imports } = compileProgram(file, { ...options, reader, lent });
    const used = imports.flatMap(({ packages }) => packages);
    const kept = await keptPackages(workbook, lent, used);
    this.#expectOpen();
    const program = new Program({
      name: options.name,
      settings: {
        main: options.file,
        redis: socket,
        servers: this.#serversPath(count),
        fallbackModules: workbook,
        replaced: options.replaced ?? {},
        compiled: this.#isolation === 'walls' ? broughtAlong(files, this.folder) : files,
        lent,
        kept,
        tools: options.tools ?? [],
        reader,
        ...(options.neverQuits ? { neverQuits: true } : {}),
        ...(options.reconnectsSoon ? { reconnectsSoon: true } : {}),
        ...(options.watchMoments ? { watchMoments: true } : {}),
        ...(options.drives ? { drives: true } : {}),
      },
      folder,
      place: { home: this.folder, folder: this.folder, sockets: this.#sockets },
      isolation: this.#isolation,
      seen: this.#seen,
      journal: this.journal,
      tap,
      warm: this.#warmPool?.take({
        main: options.file,
        folder,
        args: options.args ?? [],
        memory: options.limits?.memory ?? defaultLimits.memory,
        isolation: this.#isolation,
        seen: this.#seen,
        fallbackModules: workbook,
        lent,
        kept,
        imports,
      }),
      ...(options.args ? { args: options.args } : {}),
      ...(options.limits ? { limits: options.limits } : {}),
      ...(options.onOutput ? { onOutput: options.onOutput } : {}),
      ...(options.onListening ? { onListening: options.onListening } : {}),
    });
    this.programs.push(program);
    if (redis !== this.redis) closeAfter(program, redis);
    return program;
  }

  /** What is started side by side may still be on its way when one of it fails, and the check is over. */
  #expectOpen(): void {
    this.#signal?.throwIfAborted();
    if (this.#closed) throw new Error('The sandbox is closed.');
  }

  async #openAnother(): Promise<RedisInstance> {
    if (this.#shared) return this.redis;
    const redis = await this.#source.open(unlinked);
    this.#others.push(redis);
    if (this.#closed) await redis.close();
    return redis;
  }

  /** Where a program's servers listen: behind walls in the one folder that it can write to. */
  #serversPath(count: number): string {
    return this.#sockets === this.folder
      ? socketPath(this.folder, `s${count}-`)
      : socketPath(this.#sockets, `${path.basename(this.folder).slice(-6)}-${count}-`);
  }

  /** Whether Redis is there; where it is not, {@link lost} says why. */
  async answers(): Promise<boolean> {
    try {
      await this.connection.sendAll([['PING']]);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
    }
    return !this.redisGone.aborted;
  }

  /** A Redis that hangs is one that is gone: nothing waits for it without end. */
  #answering(connection: RedisConnection): RedisConnection {
    const within = async <T>(answer: Promise<T>): Promise<T> => {
      const timer = setTimeout(() => {
        const reason = `Redis did not answer for ${patience / 1000} seconds`;
        this.#gone.abort(new ConnectionLost(`${reason}.`, 'ETIMEDOUT'));
        void connection.close();
      }, patience);
      try {
        return await answer;
      } catch (error) {
        // It may be told here before the connection's end is.
        if (error instanceof ConnectionLost) this.#gone.abort(error);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    };
    return {
      ended: connection.ended,
      send: (...args) => within(connection.send(...args)),
      sendAll: (commands) => within(connection.sendAll(commands)),
      listen: (command, onReply) => connection.listen(command, onReply),
      close: () => connection.close(),
    };
  }

  #lost(loss: Loss): void {
    this.losses.push(loss);
    if (loss.refused) this.#gone.abort(new ConnectionLost('Redis refuses connections.'));
  }

  /** Ends every program, then Redis, and removes the folder. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#signal?.removeEventListener('abort', this.#abort);
    await Promise.all(this.programs.map((program) => program.stop()));
    for (const tap of this.#taps) tap.close();
    try {
      await this.connection.close();
      await Promise.all([this.redis, ...this.#others].map((redis) => redis.close()));
    } finally {
      this.#temporary.remove();
    }
  }

  /** Nobody waits for a verdict any more: everything ends at once. */
  readonly #abort = () => {
    for (const program of this.programs) program.kill('stop');
  };
}

/** Many may come and go in one check. */
function closeAfter(program: Program, redis: RedisInstance): void {
  program.exited
    .then(() => redis.close())
    .catch(() => {
      // The sandbox closes it once more at its end, and that tells.
    });
}

function socketsFolder({ path: folder }: TemporaryFolder, warmPool?: WarmPool): string {
  const own = warmPool?.sockets ?? path.join(folder, 's');
  mkdirSync(own, { recursive: true });
  return own;
}

/** Behind walls a program sees nothing of what was compiled, but for what is copied for it. */
function broughtAlong(
  files: Readonly<Record<string, CompiledFile>>,
  folder: string,
): Record<string, CompiledFile> {
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => {
      const code = path.join(folder, path.basename(file.code));
      if (!existsSync(code)) copyFileSync(file.code, code);
      return [name, { ...file, code }];
    }),
  );
}

/** The runner's own messages go to the channels that its programs know by the plain names. */
function onOwnChannels(connection: RedisConnection, { channels }: Shared): RedisConnection {
  const inside = (words: Command): Command =>
    String(words[0]).toUpperCase() === 'PUBLISH'
      ? words.map((word, at) => (at === 1 ? channels.inside(String(word)) : word))
      : words;
  return {
    ended: connection.ended,
    send: (...words) => connection.send(...inside(words)),
    sendAll: (commands) => connection.sendAll(commands.map(inside)),
    listen: (command, onReply) => connection.listen(command, onReply),
    close: () => connection.close(),
  };
}
