import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Place, Wire } from './wire';

export interface RealRedis {
  readonly place: Place;
  /** As it tells it itself, such as `7.0.15`. */
  readonly version: string;
  stop(): Promise<void>;
}

/**
 * Starts the redis-server on the PATH, on a unix socket in a temporary folder.
 * @param rdb a dump for it to load
 * @returns undefined where there is none
 */
export async function startRealRedis(rdb?: string): Promise<RealRedis | undefined> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qw-real-'));
  if (rdb) fs.copyFileSync(rdb, path.join(folder, 'dump.rdb'));
  const socket = path.join(folder, 's');
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  const closed = once(server, 'close').catch(() => undefined);
  const stop = async () => {
    server.kill('SIGKILL');
    await closed;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  if (!(await isReady(server))) {
    await stop();
    return undefined;
  }
  const wire = await Wire.open({ path: socket });
  const version = /redis_version:(\S+)/.exec(await wire.ask('INFO server'))?.[1] ?? '';
  wire.close();
  return { place: { path: socket }, version, stop };
}

/** True once it says that it takes connections; false where it could not be started. */
function isReady(server: ReturnType<typeof spawn>): Promise<boolean> {
  return new Promise((resolve) => {
    let log = '';
    server.once('error', () => resolve(false));
    server.once('exit', () => resolve(false));
    server.stdout?.on('data', (text) => {
      log += text;
      if (/ready to accept connections/i.test(log)) resolve(true);
    });
  });
}
