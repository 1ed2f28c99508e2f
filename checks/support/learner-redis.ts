import assert from 'node:assert/strict';
import { type Command, openConnection, type RedisConnection } from '../../runner/redis/connection';
import { installedServer } from '../../runner/redis/find';
import type { RedisInstance } from '../../runner/redis/instance';
import type { Reply } from '../../runner/redis/protocol/resp';
import { privateServer } from '../../runner/redis/server/private-server';
import { reaper } from '../../runner/sandbox/process/reaper';

/** A Redis such as a learner has for something else, full of keys, and a look at all of it. */
export interface LearnersRedis {
  redis: RedisInstance;
  url: string;
  connection: RedisConnection;
  /** Everything in it but the time that passes, a line each. */
  picture(): Promise<string[]>;
  /** Connections that were ever made to it. */
  connections(): Promise<number>;
}

/** The databases that hold something. */
const full = [0, 3, 15];

/**
 * Starts such a Redis for as long as something is done beside it or with it.
 * @throws AssertionError where its data is not afterwards what it was
 */
export async function withLearnersRedis(
  port: number,
  play: (theirs: LearnersRedis) => Promise<void>,
): Promise<void> {
  const installed = await installedServer();
  assert.ok(installed);
  const source = privateServer(installed.executable, installed.version, { reaper });
  const redis = await source.open({ port });
  const connection = await openConnection(redis);
  try {
    await connection.sendAll([...full.flatMap(fill), ['SCRIPT', 'LOAD', script]]);
    const before = await picture(connection);
    await play({
      redis,
      url: `redis://127.0.0.1:${port}`,
      connection,
      picture: () => picture(connection),
      connections: () => connections(connection),
    });
    assert.deepEqual(changes(before, await picture(connection)), []);
  } finally {
    await connection.close();
    await redis.close();
  }
}

/** What one of two pictures has and the other has not. */
export function changes(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

/** A reply that can be compared and shown, each byte of it. */
export const plain = (reply: Reply | undefined): unknown =>
  Array.isArray(reply)
    ? reply.map(plain)
    : reply instanceof Buffer
      ? reply.toString('latin1')
      : String(reply);

/** One that the server knows by its hash: SCRIPT FLUSH would show. */
const script = 'return 1';
const sha = 'e0e1f9fabfc9d4800c877a703b823ac0578ff8db';

/** Every type of key, with and without an end. */
function fill(db: number): Command[] {
  return [
    ['SELECT', String(db)],
    ['SET', 'text', `of database ${db}`],
    ['SET', 'Holberton', 'mine'],
    ['SET', 'bytes', Buffer.from([0, 13, 10, 255, 0])],
    ['PSETEX', 'passing', '86400000', 'x'],
    ['RPUSH', 'list', 'a', 'b', 'c'],
    ['SADD', 'set', '1', '2', 'three'],
    ['ZADD', 'sorted', '1.5', 'one', '2', 'two'],
    ['HSET', 'hash', 'field', 'value'],
    ['HSET', 'HolbertonSchools', 'Portland', 'mine'],
    ['SET', 'q:ids', '7'],
    ['SET', 'available_seats', 'mine'],
    ['XADD', 'stream', '1-1', 'field', 'value'],
    ['PEXPIREAT', 'hash', '4102444800000'],
    ['PEXPIREAT', 'list', '4102444800000'],
  ];
}

/** TYPE, DUMP and PEXPIRETIME of every key of every database, settings, scripts and users. */
async function picture(connection: RedisConnection): Promise<string[]> {
  const lines: unknown[] = [];
  for (let db = 0; db < 16; db += 1) {
    await connection.send('SELECT', String(db));
    const keys = (await connection.send('KEYS', '*')) as Buffer[];
    for (const key of keys.map(String).sort()) {
      const replies = await connection.sendAll([
        ['TYPE', key],
        ['DUMP', key],
        ['PEXPIRETIME', key],
      ]);
      lines.push([db, key, ...replies.map(plain)]);
    }
  }
  const settings = ((await connection.send('CONFIG', 'GET', '*')) as Buffer[]).map(String);
  for (let at = 0; at < settings.length; at += 2) lines.push(settings.slice(at, at + 2));
  lines.push(['users', plain(await connection.send('ACL', 'LIST'))]);
  lines.push(['script', plain(await connection.send('SCRIPT', 'EXISTS', sha))]);
  return lines.map((line) => JSON.stringify(line));
}

async function connections(connection: RedisConnection): Promise<number> {
  const stats = String(await connection.send('INFO', 'stats'));
  return Number(/total_connections_received:(\d+)/.exec(stats)?.[1]);
}
