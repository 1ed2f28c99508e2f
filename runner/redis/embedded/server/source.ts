import path from 'node:path';
import {
  type Address,
  EnvironmentError,
  type OpenOptions,
  type RedisInstance,
  type RedisSource,
} from '../../instance';
import { type Reaper, type TemporaryFolder, temporaryFolder } from '../../temporary';
import { VERSION } from '../protocol/version';
import type { Server } from './server';

/**
 * A Redis inside this process: it speaks RESP2 and RESP3 on loopback and keeps its data in ioredis-mock.
 * Each instance has its data to itself.
 */
export function embeddedRedis(reaper?: Reaper, platform = process.platform): RedisSource {
  return { kind: 'embedded', version: VERSION, open: (options) => open(options, reaper, platform) };
}

/** Folders of servers that run: the last resort where the runner ends by an exception. */
const abandonAtExit = new Set<TemporaryFolder>();

process.on('exit', () => {
  for (const folder of abandonAtExit) folder.remove();
});

async function open(
  { rdb, port }: OpenOptions = {},
  reaper: Reaper | undefined,
  platform: NodeJS.Platform,
): Promise<RedisInstance> {
  const server = await makeServer(rdb);
  load(server, rdb);
  const onSocket = port === undefined && platform !== 'win32';
  // A socket's path may hold some 100 bytes only, so the names are short.
  const folder = onSocket ? temporaryFolder('qw-', reaper) : undefined;
  try {
    await server.listen(folder ? { path: path.join(folder.path, 's') } : loopback(port ?? 0));
  } catch (error) {
    await server.stop();
    folder?.remove();
    throw cannotListen(error, port);
  }
  if (folder) abandonAtExit.add(folder);
  return {
    kind: 'embedded',
    version: VERSION,
    address: addressOf(server),
    preamble: [],
    shared: false,
    async close() {
      await server.stop();
      if (!folder) return;
      folder.remove();
      abandonAtExit.delete(folder);
    },
  };
}

/** Loaded here and not with this file: ioredis-mock takes its time, and most runs use a real Redis. */
async function makeServer(rdb: string | undefined): Promise<Server> {
  const [{ Server }, { Persistence }] = await Promise.all([
    import('./server'),
    import('../store/persistence'),
  ]);
  return new Server(new Persistence(rdb));
}

function load(server: Server, rdb: string | undefined): void {
  try {
    server.engine.load();
  } catch (error) {
    throw new EnvironmentError(
      `${rdb} cannot be read as a Redis dump: ${reason(error)}`,
      'Check that the file is an RDB file and whole, or move it away to start empty.',
    );
  }
}

function loopback(port: number) {
  return { host: '127.0.0.1', port };
}

function addressOf(server: Server): Address {
  const { address } = server;
  if (typeof address === 'string') return { path: address };
  return loopback(address?.port ?? 0);
}

function cannotListen(error: unknown, port: number | undefined): EnvironmentError {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return new EnvironmentError(
      `Port ${port} is in use by another program.`,
      'Stop that program (a Redis of your own, perhaps) or choose another port.',
    );
  }
  return new EnvironmentError(
    `The embedded Redis cannot listen: ${reason(error)}`,
    'Check that programs may open ports on 127.0.0.1 and files in the temporary folder.',
  );
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
