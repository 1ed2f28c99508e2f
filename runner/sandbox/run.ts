import net from 'node:net';
import type { RedisSource } from '../redis/instance';
import type { Exit, Program } from './program';
import { Sandbox } from './sandbox';

export interface RunRequest {
  /** Started in this order, each when the one before has come to rest. */
  programs: { name: string; file: string }[];
  redis: RedisSource;
  /** An RDB file whose data the run starts from; it is not written. */
  rdb?: string;
  signal?: AbortSignal;
  /** Each chunk as it comes. */
  onOutput(chunk: Buffer, stream: 'stdout' | 'stderr', name: string): void;
  /** A server listens: the port it asked for, and the one at which it can be reached. */
  onListening?(asked: number, port: number, name: string): void;
}

/** A run ends when its programs end or when it is aborted: longer than anyone watches, in ms. */
const day = 24 * 60 * 60 * 1000;

/** How long to wait for one program to come to rest before the next starts, in ms. */
const rest = 5_000;

/**
 * Runs programs side by side on one Redis until all have ended or the signal comes.
 * @returns how each ended, in order
 * @throws EnvironmentFault where there is no Redis to be had
 */
export async function runPrograms(request: RunRequest): Promise<Exit[]> {
  const sandbox = await Sandbox.open(request.redis, request.rdb);
  const { journal } = sandbox;
  try {
    const serverPort = (await isFree(1245)) ? 1245 : undefined;
    for (const { name, file } of request.programs) {
      if (request.signal?.aborted) break;
      const program = await sandbox.start({
        name,
        file,
        limits: { time: day, output: Number.MAX_SAFE_INTEGER },
        onOutput: (chunk, stream) => request.onOutput(chunk, stream, name),
        ...(serverPort === undefined ? {} : { serverPort }),
      });
      await atRest(sandbox, program, request.signal);
      for (const [asked, port] of program.ports) request.onListening?.(asked, port, name);
    }
    const ended = () => sandbox.programs.every((program) => program.exit !== undefined);
    await journal.until(ended, day, request.signal);
  } finally {
    await sandbox.close();
  }
  return Promise.all(sandbox.programs.map((program) => program.exited));
}

async function atRest(sandbox: Sandbox, program: Program, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + rest;
  while (!program.exit && !signal?.aborted && performance.now() < deadline) {
    if (await program.quiet(0)) return;
    await sandbox.journal.until(() => program.exit !== undefined, 20, signal);
  }
}

/** Whether the learner has nothing of their own on the port. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}
