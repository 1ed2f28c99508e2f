import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { type Command, openConnection } from '../../runner/redis/connection';
import { EnvironmentError, type RedisInstance } from '../../runner/redis/instance';
import type { Reply } from '../../runner/redis/protocol/resp';

/** Sends commands over a connection of their own. */
export async function ask(
  redis: Pick<RedisInstance, 'address' | 'preamble'>,
  ...commands: Command[]
): Promise<Reply[]> {
  const connection = await openConnection(redis);
  try {
    return await connection.sendAll(commands);
  } finally {
    await connection.close();
  }
}

/** @returns what the fault says and what to do next */
export async function errorReport(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof EnvironmentError) return `${error.message} ${error.next}`;
    throw error;
  }
  assert.fail('no fault');
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Runs a script of this project in a process of its own, until it prints a line. */
export async function startScript(folder: string, text: string) {
  const file = path.join(folder, 'script.cjs');
  const root = path.resolve(__dirname, '../..');
  writeFileSync(
    file,
    `require(${JSON.stringify(path.join(root, 'runner/hook.cjs'))});
    const load = (name) => require(${JSON.stringify(path.join(root, 'runner/redis'))} + '/' + name);
    (async () => {${text}})();`,
  );
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  const [line] = await once(child.stdout, 'data');
  return { child, ended, line: String(line).trim() };
}
