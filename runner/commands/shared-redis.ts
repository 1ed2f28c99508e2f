import type { OpenOptions, RedisInstance, RedisSource } from '../redis/instance';

/** A source whose openings all lead to the same Redis; it ends with `close`, not before. */
export function sharedRedis(source: RedisSource): RedisSource & { close(): Promise<void> } {
  let opened: Promise<RedisInstance> | undefined;
  return {
    kind: source.kind,
    version: source.version,
    async open(options?: OpenOptions): Promise<RedisInstance> {
      opened ??= source.open(options);
      const redis = await opened;
      return {
        kind: redis.kind,
        version: redis.version,
        address: redis.address,
        preamble: redis.preamble,
        shared: redis.shared,
        close: async () => {},
      };
    },
    async close() {
      const redis = await opened?.catch(() => undefined);
      await redis?.close();
    },
  };
}
