import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { drainEventLoop } from './drain-event-loop';
import type { RedisSource } from './instance';
import type { Reaper } from './temporary';

export interface FindOptions {
  /** Use the embedded Redis whatever is installed. */
  offline?: boolean;
  /** Use the learner's own Redis there. */
  url?: string;
  /** Hears what each Redis needs while it runs. */
  reaper?: Reaper;
}

/**
 * Chooses where Redis comes from: the URL, or a private redis-server from PATH, or the embedded one.
 * @throws EnvironmentError where the URL cannot be used
 */
export async function findRedis(options: FindOptions = {}): Promise<RedisSource> {
  // Each is loaded only where it serves: the embedded one alone costs some 100 ms.
  if (options.url !== undefined) {
    const { urlRedis } = require('./url/source') as typeof import('./url/source');
    return urlRedis(options.url);
  }
  const server = options.offline ? undefined : await installedServer();
  if (server) {
    const { executable, version } = server;
    const open: RedisSource['open'] = async (how) => {
      const { privateServer } = await import('./server/private-server');
      return privateServer(executable, version, options).open(how);
    };
    return { kind: 'server', version, open };
  }
  const { embeddedRedis } =
    require('./embedded/server/source') as typeof import('./embedded/server/source');
  return embeddedRedis(options.reaper);
}

/**
 * The first redis-server of PATH, if it runs.
 * @param patience how long it may take to print its version, in ms
 */
export async function installedServer(
  patience = 3000,
): Promise<{ executable: string; version: string } | undefined> {
  const executable = searchPath('redis-server');
  const version = executable && (await askVersion(executable, patience));
  return version ? { executable, version } : undefined;
}

/** @returns the absolute path of a program, as a shell would find it */
export function searchPath(
  name: string,
  { platform, env }: Pick<NodeJS.Process, 'platform' | 'env'> = process,
): string | undefined {
  const isWindows = platform === 'win32';
  const file = isWindows ? `${name}.exe` : name;
  const { delimiter } = isWindows ? path.win32 : path.posix;
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const candidate = path.resolve(folder, file);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** It prints `Redis server v=7.0.15 sha=…`; undefined where it does not run. */
function askVersion(executable: string, patience: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = execFile(executable, ['--version'], { windowsHide: true }, (error, stdout) => {
      clearTimeout(timer);
      resolve(error ? undefined : /\bv=(\d[\w.-]*)/.exec(stdout)?.[1]);
    });
    // Where the runner itself was busy so long, the answer lies there and is read first.
    const giveUp = () => {
      child.kill('SIGKILL');
      resolve(undefined);
    };
    const timer = setTimeout(() => void drainEventLoop().then(giveUp), patience);
  });
}
