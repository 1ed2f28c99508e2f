import type { RedisConnection } from '../connection';
import type { RedisSource } from '../instance';
import { parseRedisUrl, type UrlAddress } from './address';
import { abandonedClaims, renewal } from './claim';
import { allKeys } from './databases';
import { UrlServer } from './server';
import { tlsRelay } from './tls-relay';
import { urlFault } from './url-error';

/**
 * The learner's own Redis. Each instance is an empty database of it, found anew, and emptied again
 * when the instance is closed; where the URL names a database it is that one. What a killed run
 * left behind is removed first.
 * @param text `redis://user:password@host:port/db`, or `rediss:` for TLS
 * @param patience for connecting, in ms
 * @throws EnvironmentFault where it cannot be reached or used, or has no empty database
 */
export async function urlRedis(text: string, patience = 5000): Promise<RedisSource> {
  const url = parseRedisUrl(text);
  const server = new UrlServer(url, url.tls ? await secured(url, patience) : url, patience);
  const version = await server.attempt(async (connection) => {
    await removeAbandoned(connection, url);
    await server.expectEmpty(connection);
    return readVersion(connection);
  });
  return { kind: 'url', version, open: (options) => server.open(version, options) };
}

/**
 * Removes what a killed run left: in a database that was empty when it took it, the keys that were
 * not touched since it died. Whatever the learner has put there since then is younger.
 */
async function removeAbandoned(connection: RedisConnection, url: UrlAddress): Promise<void> {
  for (const claim of abandonedClaims(url.shown)) {
    await connection.send('SELECT', String(claim.db));
    const keys = await allKeys(connection);
    const idle = await connection.sendAll(keys.map((key) => ['OBJECT', 'IDLETIME', key]));
    const limit = claim.aliveAt + renewal + 2000;
    const left = keys.filter((_, at) => Date.now() - Number(idle[at]) * 1000 <= limit);
    if (left.length > 0) await connection.send('DEL', ...left);
    claim.release();
  }
}

async function readVersion(connection: RedisConnection): Promise<string> {
  const [info] = await connection.sendAll([['INFO', 'server']]);
  const text = info instanceof Buffer ? info.toString() : '';
  return /^redis_version:(.*?)\r?$/m.exec(text)?.[1] ?? 'unknown';
}

async function secured(url: UrlAddress, patience: number): Promise<{ host: string; port: number }> {
  try {
    return await tlsRelay(url, patience);
  } catch (error) {
    throw urlFault(error, url);
  }
}
