import { type ChildProcess, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { defaultFileName } from '../default-file-name';
import {
  type Address,
  EnvironmentError,
  type OpenOptions,
  type RedisInstance,
  type RedisSource,
} from '../instance';
import { type Reaper, type TemporaryFolder, temporaryFolder } from '../temporary';
import { inOwnNetwork } from './own-network';
import { startFault } from './start-error';
import { StartupLog } from './startup-log';

/**
 * A `redis-server` of our own for each instance: on a unix socket in a new folder (on Windows, or
 * where a port is asked for, on 127.0.0.1), nothing saved unless an RDB file is given.
 * @param executable the server's path
 * @param version what it says of itself, such as `7.0.15`
 */
export function privateServer(
  executable: string,
  version: string,
  { reaper, platform = process.platform }: PrivateServerOptions = {},
): RedisSource {
  return {
    kind: 'server',
    version,
    open: (open = {}) => start({ executable, version, reaper, platform, ...open }),
  };
}

export interface PrivateServerOptions {
  reaper?: Reaper | undefined;
  platform?: NodeJS.Platform;
}

interface Server extends OpenOptions {
  executable: string;
  version: string;
  reaper: Reaper | undefined;
  platform: NodeJS.Platform;
}

/** Servers and their folders: the last resort where the runner ends by an exception. */
const abandonAtExit = new Map<ChildProcess, TemporaryFolder>();

process.on('exit', () => {
  for (const [child, folder] of abandonAtExit) {
    child.kill('SIGKILL');
    folder.remove();
  }
});

async function start(server: Server): Promise<RedisInstance> {
  if (server.rdb !== undefined) await expectFolder(path.dirname(server.rdb));
  const { reaper, platform } = server;
  const folder = temporaryFolder('workbook-redis-', reaper);
  const address = await chooseAddress(server, folder.path);
  const line = { command: server.executable, args: serverArguments(server, folder.path, address) };
  const { command, args } =
    server.keepsToItself && 'path' in address ? await inOwnNetwork(line, platform) : line;
  // A group of its own: a Ctrl-C for the workbook is not one for the server.
  const child = spawn(command, args, {
    cwd: folder.path,
    env: { ...process.env, ...reaper?.marks },
    detached: platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const release = child.pid === undefined ? undefined : reaper?.group(child.pid);
  abandonAtExit.set(child, folder);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await stop(child, server.rdb !== undefined);
    folder.remove();
    abandonAtExit.delete(child);
    release?.();
  };
  const log = new StartupLog(child);
  if (!(await log.ready)) {
    await close();
    throw await startFault({ ...server, address }, log);
  }
  return {
    kind: 'server',
    version: server.version,
    address,
    preamble: [],
    shared: false,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function serverArguments(server: Server, folder: string, address: Address): string[] {
  const listening =
    'path' in address
      ? ['--port', '0', '--unixsocket', address.path, '--unixsocketperm', '700']
      : ['--port', String(address.port), '--bind', address.host];
  // Options only: without a file named first, Redis reads no configuration of the machine's.
  return [
    ...listening,
    ...['--dir', server.rdb === undefined ? folder : path.dirname(path.resolve(server.rdb))],
    ...['--dbfilename', server.rdb === undefined ? defaultFileName : path.basename(server.rdb)],
    ...['--save', '', '--appendonly', 'no', '--daemonize', 'no', '--logfile', ''],
    ...['--loglevel', 'notice', '--databases', '16'],
    ...(server.keepsToItself && hasSubcommandRules(server.version) ? limitedUser : []),
  ];
}

/**
 * Every client is this user: all is allowed but the commands by which a server connects to others, and
 * those that would allow them again. Scripts are held to it too. CONFIG SET stays: what a program sets is
 * judged, and a port that it opens is one of the server's own network, if it has one.
 */
const limitedUser = [
  ...['--user', 'default', 'on', 'nopass', '~*', '&*', '+@all'],
  ...['-replicaof', '-slaveof', '-migrate', '-psync', '-sync', '-replconf', '-cluster'],
  ...['-acl|setuser', '-acl|load'],
];

/** Redis 7 refuses single subcommands. */
function hasSubcommandRules(version: string): boolean {
  return Number.parseInt(version, 10) >= 7;
}

async function chooseAddress(server: Server, folder: string): Promise<Address> {
  if (server.port !== undefined) return { host: '127.0.0.1', port: server.port };
  const socket = path.join(folder, 'redis.sock');
  if (server.platform !== 'win32' && Buffer.byteLength(socket) <= longestSocketPath) {
    return { path: socket };
  }
  return { host: '127.0.0.1', port: await freePort() };
}

/** What the smallest of the systems (macOS) allows in a socket's address, less its final zero. */
const longestSocketPath = 103;

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => probe.once('listening', resolve).once('error', reject));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No TCP port was given.');
  return address.port;
}

/** With no file to keep there is nothing to lose, and being asked politely takes Redis 100 ms. */
async function stop(child: ChildProcess, politely: boolean): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(politely ? 'SIGTERM' : 'SIGKILL');
  const force = setTimeout(() => child.kill('SIGKILL'), 2000);
  await gone;
  clearTimeout(force);
}

async function expectFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new EnvironmentError(
    `Redis cannot keep its data in ${folder}: there is no such folder.`,
    'Create the folder, or name another one.',
  );
}
