import { findRedis } from '../../runner/redis/find';
import type { RedisInstance, RedisSource } from '../../runner/redis/instance';
import { freePort } from '../redis-probe';

/**
 * The kind of Redis that is asked for.
 * @throws where it is not installed
 */
export async function sourceOf(kind: 'server' | 'embedded'): Promise<RedisSource> {
  const source = await findRedis({ offline: kind === 'embedded' });
  if (source.kind !== kind) throw new Error('This measure needs redis-server on PATH.');
  return source;
}

/** A real Redis that nobody else uses, until it is closed. */
export async function ownRedis(): Promise<RedisInstance> {
  return (await sourceOf('server')).open();
}

/** The same on a TCP port, where programs of the course look for one. */
export async function ownRedisOnPort(): Promise<{ redis: RedisInstance; port: number }> {
  const port = await freePort();
  return { redis: await (await sourceOf('server')).open({ port }), port };
}
