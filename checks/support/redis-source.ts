import { findRedis } from '../../runner/redis/find';
import type { RedisSource } from '../../runner/redis/instance';
import { reaper } from '../../runner/sandbox/process/reaper';

/**
 * The kind of Redis that is asked for; what it starts is ended should this process be killed.
 * @param kind `server` or `embedded`
 * @throws where it is not installed
 */
export async function sourceOf(kind: string): Promise<RedisSource> {
  const source = await findRedis({ offline: kind === 'embedded', reaper });
  if (source.kind !== kind) throw new Error(`no ${kind} Redis on this machine`);
  return source;
}
