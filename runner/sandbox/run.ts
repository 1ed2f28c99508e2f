import type { RedisSource } from '../redis/instance';
import type { Isolation } from './isolation/level';
import type { Exit, Program } from './process/program';
import { Relays } from './relays';
import { Sandbox, type StartOptions } from './sandbox';

/** One program of a run: what a sandbox needs to start it. */
export type RunProgram = Pick<
  StartOptions,
  | 'name'
  | 'file'
  | 'args'
  | 'folder'
  | 'replaced'
  | 'loads'
  | 'lent'
  | 'tools'
  | 'reader'
  | 'drives'
>;

export interface RunRequest {
  /** Started in this order, each when the one before has come to rest. */
  programs: RunProgram[];
  redis: RedisSource;
  /** What holds them: nothing, if they are not somebody else's. */
  isolation: Isolation;
  /** Files and folders that they see behind walls besides their own, absolute. */
  seen?: readonly string[];
  /** An RDB file whose data the run starts from; it is not written. */
  rdb?: string;
  signal?: AbortSignal;
  /** Each chunk as it comes. */
  onOutput(chunk: Buffer, stream: 'stdout' | 'stderr', name: string): void;
  /** A server listens: the port it asked for, and the one at which it can be reached. */
  onListening?(asked: number, port: number, name: string): void;
  /** Redis is there, and no program yet. */
  onOpen?(sandbox: Sandbox): Promise<void>;
  /** Programs are left, and nothing more will come from them unless something comes to them. */
  onRest?(): void;
  /** All programs have ended, or the signal has come: the last look at what they leave. */
  onEnd?(sandbox: Sandbox): Promise<void>;
}

/** A run ends when its programs end or when it is aborted: longer than anyone watches, in ms. */
const day = 24 * 60 * 60 * 1000;

/** Whoever watches a program decides how long it may be busy and how much it prints. */
const endless = {
  time: day,
  busy: Number.POSITIVE_INFINITY,
  output: Number.POSITIVE_INFINITY,
  lines: Number.POSITIVE_INFINITY,
  commands: Number.POSITIVE_INFINITY,
};

/** How long to wait for one program to come to rest before the next starts, in ms. */
const rest = 5_000;

/** How often a program that is not at rest is asked again, in ms. */
const interval = 20;

/**
 * Runs programs side by side on one Redis until all have ended or the signal comes.
 * @returns how each ended, in order
 * @throws EnvironmentFault where there is no Redis to be had
 */
export async function runPrograms(request: RunRequest): Promise<Exit[]> {
  const { signal, rdb, isolation, seen } = request;
  const sandbox = await Sandbox.open(request.redis, {
    rdb,
    // A Redis of somebody else's saves nothing for us.
    saves: request.redis.kind !== 'url',
    kept: 10_000,
    isolation,
    seen,
  });
  const relays: Relays[] = [];
  const ended = () => sandbox.programs.every((program) => program.exit !== undefined);
  try {
    await request.onOpen?.(sandbox);
    for (const { name, ...program } of request.programs) {
      if (signal?.aborted) break;
      const servers = new Relays((asked, port) => request.onListening?.(asked, port, name));
      relays.push(servers);
      const started = await sandbox.start({
        ...program,
        name,
        limits: endless,
        onOutput: (chunk, stream) => request.onOutput(chunk, stream, name),
        onListening: (asked, socket) => servers.add(asked, socket),
      });
      await atRest(sandbox, [started], rest, signal);
      await servers.announce();
    }
    await atRest(sandbox, sandbox.programs, day, signal);
    if (!ended() && !signal?.aborted) request.onRest?.();
    await sandbox.journal.until(ended, day, signal);
    await request.onEnd?.(sandbox);
  } finally {
    for (const servers of relays) servers.close();
    await sandbox.close();
  }
  return Promise.all(sandbox.programs.map((program) => program.exited));
}

/** Waits until programs have ended or are quiet, all at one time; no longer than so many ms. */
async function atRest(
  sandbox: Sandbox,
  programs: readonly Program[],
  limit: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + limit;
  const over = () => programs.every((program) => program.exit !== undefined);
  while (!over() && !signal?.aborted && performance.now() < deadline) {
    // One that is stuck in a loop does not answer.
    const patience = { signal, limit: deadline - performance.now() };
    const quiet = await Promise.all(
      programs.map(
        async (program) => program.exit !== undefined || program.waitForIdle(0, patience),
      ),
    );
    if (quiet.every(Boolean)) return;
    await sandbox.journal.until(over, interval, signal);
  }
}
