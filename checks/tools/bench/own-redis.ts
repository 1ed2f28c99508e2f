import type { RedisInstance } from '../../../runner/redis/instance';
import { freePort } from '../../support/redis-probe';
import { sourceOf } from '../../support/redis-source';

/** A real Redis that nobody else uses, until it is closed. */
export async function ownRedis(): Promise<RedisInstance> {
  return (await sourceOf('server')).open();
}

/** The same on a TCP port, where programs of the course look for one. */
export async function ownRedisOnPort(): Promise<{ redis: RedisInstance; port: number }> {
  const port = await freePort();
  return { redis: await (await sourceOf('server')).open({ port }), port };
}
