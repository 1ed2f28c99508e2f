import { embeddedRedis } from '../../../../runner/redis/embedded/server/source';
import type { OpenOptions, RedisInstance } from '../../../../runner/redis/instance';
import { Wire } from './wire';

export const source = embeddedRedis();

/** Runs with an embedded Redis and a connection to it, and closes both. */
export async function withRedis(
  run: (wire: Wire, redis: RedisInstance) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const instance = await source.open(options);
  const wire = await Wire.open(instance.address);
  try {
    await run(wire, instance);
  } finally {
    wire.close();
    await instance.close();
  }
}

/** The TCP port of an instance that was opened on one. */
export function portOf({ address }: RedisInstance): number {
  return 'port' in address ? address.port : 0;
}
