import type { RedisConnection } from '../connection';
import { RedisReplyError, type Reply } from '../protocol/resp';

/**
 * Finds the empty databases of a server that is not ours.
 * @returns their numbers; a server that has one database only (managed, or a cluster) gives at most 0
 */
export async function emptyDatabases(connection: RedisConnection): Promise<number[]> {
  const count = await databaseCount(connection);
  const replies = await connection.sendAll(
    Array.from({ length: count }, (_, db) => [['SELECT', String(db)], ['DBSIZE']]).flat(),
  );
  const empty: number[] = [];
  for (let db = 0; db < count; db++) {
    const selected = !(replies[db * 2] instanceof RedisReplyError);
    if (selected && replies[db * 2 + 1] === 0) empty.push(db);
  }
  return empty;
}

/** What a connection of the server does: from CLIENT LIST, which some servers do not allow. */
export interface Client {
  id: number;
  name: string;
  db: number;
}

/** @param reply to CLIENT LIST; anything but its text gives none */
export function parseClients(reply: Reply | undefined): Client[] {
  if (!(reply instanceof Buffer)) return [];
  const lines = reply.toString().split('\n').filter(Boolean);
  return lines.map((line) => {
    const fields = new Map(line.split(' ').map((field) => splitOnce(field)));
    return {
      id: Number(fields.get('id')),
      name: fields.get('name') ?? '',
      db: Number(fields.get('db')),
    };
  });
}

/**
 * Removes every key of the database that the connection has selected, and of no other; also those
 * that a connection which was just cut has still asked for.
 */
export async function clearDatabase(connection: RedisConnection): Promise<void> {
  // When this is answered Redis has read what lay on any other connection by then.
  await connection.send('PING');
  const [flushed] = await connection.sendAll([['FLUSHDB']]);
  if (!(flushed instanceof RedisReplyError)) return;
  // Some servers forbid FLUSHDB.
  const keys = await allKeys(connection);
  if (keys.length > 0) await connection.send('DEL', ...keys);
}

/** Every key of the database that the connection has selected. */
export async function allKeys(connection: RedisConnection): Promise<Buffer[]> {
  const keys: Buffer[] = [];
  let place = '0';
  do {
    const reply = await connection.send('SCAN', place, 'COUNT', '1000');
    const [next, found] = Array.isArray(reply) ? reply : [];
    place = String(next);
    if (Array.isArray(found)) {
      for (const key of found) if (key instanceof Buffer) keys.push(key);
    }
  } while (place !== '0' && place !== 'undefined');
  return keys;
}

/** 16 where the server does not say: selecting one that is not there does no harm. */
async function databaseCount(connection: RedisConnection): Promise<number> {
  const [config] = await connection.sendAll([['CONFIG', 'GET', 'databases']]);
  const count = Array.isArray(config) ? Number(config[1]) : 16;
  return count >= 1 ? Math.min(count, mostDatabases) : 16;
}

/** Some servers are set to a million databases; the first ones will do. */
const mostDatabases = 256;

function splitOnce(field: string): [string, string] {
  const at = field.indexOf('=');
  return [field.slice(0, at), field.slice(at + 1)];
}
